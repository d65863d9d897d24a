package io.parley.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.job.JobKind;
import io.parley.domain.job.Lease;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.testkit.persistence.BotKnowledge;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the database does for the queries that run all the time, with full tables. */
class HotQueriesTest {

  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final Pattern ROWS = Pattern.compile("actual time=\\S+ rows=(\\d+)");

  @BeforeAll
  static void fillTables() {
    BotKnowledge bot = BotKnowledge.in(DATABASE.persistence());
    String tenant = bot.scope().tenant().toString();
    String owner = bot.scope().owner().toString();
    String id = bot.scope().bot().toString();
    bot.complete(bot.add("a.txt").ref(), "one");
    DATABASE.execute(
        """
        insert into change_log (position, id, change, tenant_id, bot_id, source_id)
          select n, gen_random_uuid(), 'source_removed', '%1$s', '%3$s', gen_random_uuid()
          from generate_series(10, 20000) n;
        insert into sources (id, tenant_id, bot_id, type, last_version, newest_version,
            serving_version, created_at)
          select gen_random_uuid(), '%1$s', '%3$s', 'document', 1, 1, 1, now()
          from generate_series(1, 2000);
        insert into source_versions (source_id, version, tenant_id, bot_id, name, content_type, size,
            sha256, blob_owner_id, metadata, status, step, uploaded_at)
          select id, 1, tenant_id, bot_id, 'a', 'text/plain', 1, repeat('a', 64), '%2$s', '{}',
            'complete', 'indexed', now() from sources
          where id not in (select source_id from source_versions);
        insert into chunks (id, tenant_id, bot_id, source_id, version, ordinal, page, start_offset,
            end_offset, content)
          select gen_random_uuid(), tenant_id, bot_id, source_id, 1, n, 1, 0, 1, 'x'
          from source_versions, generate_series(10, 20) n;
        insert into pages (source_id, version, number, tenant_id, text, blocks, start_offset)
          select source_id, version, n, tenant_id, 'x', '[]', 0
          from source_versions, generate_series(2, 9) n;
        insert into job_owners (owner_id, tenant_id) values ('%2$s', '%1$s');
        insert into jobs (id, kind, tenant_id, owner_id, bot_id, state, not_before)
          select gen_random_uuid(), 'ingest', '%1$s', '%2$s', '%3$s', 'queued', '2026-01-01'
          from generate_series(1, 10000);
        """
            .formatted(tenant, owner, id));
    DATABASE.execute(
        """
        insert into refresh_tokens (hash, tenant_id, user_id, family, expires_at)
          select md5(n::text) || md5(n::text), tenant_id, id, id, now() + interval '1 day'
          from users, generate_series(1, 5000) n;
        insert into idempotency_keys (user_id, key, tenant_id, fingerprint, claimed_at, expires_at)
          select id, n::text, tenant_id, 'x', now(), now() + interval '1 day'
          from users, generate_series(1, 5000) n;
        """);
    DATABASE.execute("vacuum analyze");
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  private static String plan(String query) {
    try (Connection connection = DATABASE.connect();
        Statement statement = connection.createStatement();
        ResultSet lines = statement.executeQuery("explain (analyze, costs off) " + query)) {
      StringBuilder plan = new StringBuilder();
      while (lines.next()) {
        plan.append(lines.getString(1)).append('\n');
      }
      return plan.toString();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String filled(String query, String... values) {
    String filled = query;
    for (String value : values) {
      filled = filled.replaceFirst("\\?(?!:)", value);
    }
    return filled;
  }

  private static int mostRows(String plan) {
    return ROWS.matcher(plan)
        .results()
        .map(MatchResult::group)
        .mapToInt(match -> Integer.parseInt(match.replaceAll(".*rows=", "")))
        .max()
        .orElseThrow();
  }

  @Test
  void findsChunksByTheirPrimaryKey() {
    String plan =
        plan(
            filled(
                PostgresChunkRepository.SELECT + PostgresChunkRepository.SERVING,
                "(select array_agg(id) from (select id from chunks limit 20) few)::uuid[]",
                "(select tenant_id from bots limit 1)",
                "(select id from bots limit 1)"));
    assertThat(plan).contains("chunks_pkey").contains("sources_pkey").contains("pages_pkey");
    assertThat(mostRows(plan)).isLessThanOrEqualTo(20);
  }

  @Test
  void readsTheLogByItsPrimaryKey() {
    String plan = plan(filled(PostgresIndexFeed.AFTER, "15000", "256"));
    assertThat(plan).contains("change_log_pkey").doesNotContain("Sort");
    assertThat(mostRows(plan)).isEqualTo(256);
  }

  @Test
  void asksForTheOwnersInTurnWithoutReadingTheirJobs() {
    String plan = plan(filled(JobTurns.OWNERS_IN_TURN, "now()", "'{ingest,erase_source}'"));
    assertThat(plan).contains("jobs_ready").doesNotContain("Seq Scan on jobs");
    assertThat(mostRows(plan)).isLessThanOrEqualTo(3);
  }

  @Test
  void takesTheFirstJobOfAnOwnerWithoutReadingTheOthers() {
    String plan =
        plan(
            filled(
                JobTurns.FIRST_OF_OWNER,
                "(select owner_id from job_owners limit 1)",
                "now()",
                "'{ingest,erase_source}'"));
    assertThat(plan).contains("jobs_ready").doesNotContain("Sort");
    assertThat(mostRows(plan)).isEqualTo(1);
  }

  @Test
  void asksWhetherOthersWaitWithoutReadingTheOwnersOwnJobs() {
    String owner = "(select owner_id from job_owners limit 1)";
    String plan =
        plan(
            filled(
                JobTurns.OTHERS_WAIT, owner, "now()", "'{ingest}'", "now()", owner, "'{ingest}'"));
    assertThat(plan).contains("jobs_ready", "jobs_running").doesNotContain("Seq Scan on jobs");
    assertThat(mostRows(plan)).isLessThanOrEqualTo(3);
  }

  @Test
  void knowsHowMuchWaitsWithoutReadingTheJobs() {
    assertThat(plan(PostgresJobQueue.DEPTH)).doesNotContain("on jobs");
  }

  @Test
  void looksForExpiredLeasesByTheirTime() {
    String plan = plan(filled(JobTurns.EXPIRED, "now()", "'{ingest}'"));
    assertThat(plan).contains("jobs_running").doesNotContain("Seq Scan");
  }

  @Test
  void keepsHouseWithoutReadingWhatStays() {
    for (String statement :
        List.of(
            PostgresHousekeeping.ENDED_JOBS,
            PostgresHousekeeping.EXPIRED_ANSWERS,
            PostgresHousekeeping.EXPIRED_TOKENS)) {
      assertThat(plan(filled(statement, "now()", "500")))
          .containsAnyOf("jobs_ended", "idempotency_keys_expiry", "refresh_tokens_expiry");
    }
  }

  @Test
  void keepsAThousandEmbeddingsInOneCall() {
    EmbeddingModel model = new EmbeddingModel("local", "wide", 384);
    BotKnowledge bot = BotKnowledge.in(DATABASE.persistence());
    VersionRef ref = bot.add("long.txt").ref();
    List<Chunk> chunks =
        bot.split(
            ref, IntStream.range(0, 1_000).mapToObj(i -> "chunk " + i).toArray(String[]::new));
    Map<ChunkId, float[]> embeddings = new LinkedHashMap<>();
    for (Chunk chunk : chunks) {
      float[] vector = new float[384];
      Arrays.fill(vector, chunk.ordinal() / 3f);
      embeddings.put(chunk.id(), vector);
    }

    DATABASE.persistence().ingestion().addEmbeddings(bot.scope(), model, embeddings);

    List<IndexedVector> kept =
        DATABASE.persistence().indexFeed().vectors(ref, model, chunks.get(997).id(), 2_000);
    assertThat(kept).hasSize(2);
    assertThat(kept.getLast().vector()).isEqualTo(embeddings.get(chunks.getLast().id()));
  }

  @Test
  void seesAPlanThatReadsEverything() {
    String plan = plan("select * from jobs where worker is null");
    assertThat(plan).contains("Seq Scan on jobs");
    assertThat(mostRows(plan)).isEqualTo(10_000);
  }

  @Test
  void letsALateWorkerWaitForTheFence() {
    Instant now = Instant.parse("2026-02-01T00:00:00Z");
    Lease lease =
        DATABASE
            .persistence()
            .jobs()
            .claim("one", EnumSet.of(JobKind.INGEST), Duration.ofSeconds(1), now)
            .orElseThrow();

    Optional<UUID> taken =
        DATABASE
            .persistence()
            .transactions()
            .inTransaction(() -> {
              DATABASE.persistence().jobs().fence(lease);
              return elsewhere(now.plusSeconds(60));
            });

    assertThat(taken).isPresent().get().isNotEqualTo(lease.job().id().value());
  }

  /** Another worker's claim while the first one is inside its fence. */
  private static Optional<UUID> elsewhere(Instant now) {
    return CompletableFuture.supplyAsync(() ->
            DATABASE
                .persistence()
                .jobs()
                .claim("two", EnumSet.of(JobKind.INGEST), Duration.ofSeconds(1), now)
                .map(second -> second.job().id().value()))
        .join();
  }
}
