package io.parley.benchmarks.server;

import io.parley.adapter.persistence.DatabaseUrl;
import io.parley.adapter.persistence.PostgresConfig;
import io.parley.adapter.persistence.PostgresPersistence;
import io.parley.benchmarks.SampleVectors;
import io.parley.domain.access.Access;
import io.parley.domain.access.Actor;
import io.parley.domain.access.BotGrant;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.ContentType;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.PageText;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.TextSpan;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.DocumentRepository.NewVersion;
import io.parley.domain.port.persistence.IngestionRepository;
import io.parley.domain.retrieval.EmbeddingModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Chunks with vectors put straight into the database of a running server, whose followers then
 * index them as they would any: embedding them would take a quarter of an hour and is measured
 * elsewhere. Texts are random words of a vocabulary in which few are frequent, as in a language.
 */
final class LoadedCorpus {
  private static final int PER_DOCUMENT = 500;
  private static final int DIMENSION = 384;
  private static final EmbeddingModel MODEL =
      new EmbeddingModel("local", "all-minilm-l6-v2-q", DIMENSION);

  private final PostgresPersistence persistence;
  private final BotScope scope;
  private final SampleVectors vectors = new SampleVectors(DIMENSION, 1);
  private final SampleWords words = new SampleWords(2);

  private LoadedCorpus(PostgresPersistence persistence, BotScope scope) {
    this.persistence = persistence;
    this.scope = scope;
  }

  /** Adds at least this many chunks to a bot, and gives how many documents they are of. */
  static int load(String databaseUrl, Actor actor, UUID bot, int chunks) {
    DatabaseUrl url = DatabaseUrl.parse(databaseUrl);
    PostgresConfig config = PostgresConfig.of(url.jdbcUrl(), url.user(), url.password());
    try (PostgresPersistence persistence = PostgresPersistence.open(config)) {
      BotGrant grant = persistence.bots().findGrant(actor, new BotId(bot)).orElseThrow();
      LoadedCorpus corpus = new LoadedCorpus(persistence, scope(actor, grant));
      int documents = (chunks + PER_DOCUMENT - 1) / PER_DOCUMENT;
      for (int i = 0; i < documents; i++) {
        corpus.add(i);
      }
      return documents;
    }
  }

  private static BotScope scope(Actor actor, BotGrant grant) {
    return switch (Access.check(actor, grant, Permission.WRITE)) {
      case Access.Decision.Granted granted -> granted.scope();
      case Access.Decision.Forbidden _, Access.Decision.Hidden _ ->
          throw new IllegalStateException("The bot's owner may write.");
    };
  }

  private void add(int number) {
    SourceId source = new SourceId(UUID.randomUUID());
    VersionRef ref = new VersionRef(source, 1);
    String text = words.text(PER_DOCUMENT);
    persistence
        .transactions()
        .run(() -> {
          persistence.documents().add(scope, source, version(number, text.length()));
          ingest(ref, text);
        });
  }

  private void ingest(VersionRef ref, String text) {
    IngestionRepository ingestion = persistence.ingestion();
    ingestion.addPages(scope, ref, List.of(PageText.plain(1, text)));
    ingestion.extracted(scope, ref, null, "en", 1);
    List<Chunk> chunks = chunks(ref, text);
    ingestion.addChunks(scope, chunks);
    ingestion.split(scope, ref, chunks.size());
    Map<ChunkId, float[]> embeddings = new LinkedHashMap<>();
    chunks.forEach(chunk -> embeddings.put(chunk.id(), vectors.next()));
    ingestion.addEmbeddings(scope, MODEL, embeddings);
    ingestion.embedded(
        scope, ref, persistence.changeLog().versionAdded(scope, ref).orElseThrow().position());
  }

  private static List<Chunk> chunks(VersionRef ref, String text) {
    List<Chunk> chunks = new ArrayList<>();
    int start = 0;
    for (int ordinal = 0; start < text.length(); ordinal++) {
      int end = text.indexOf('\n', start) + 1;
      TextSpan span = new TextSpan(start, end - 1);
      chunks.add(
          new Chunk(
              ChunkId.of(ref, ordinal),
              ref,
              ordinal,
              1,
              span,
              null,
              text.substring(start, end - 1)));
      start = end;
    }
    return chunks;
  }

  private static NewVersion version(int number, long size) {
    return new NewVersion(
        DocumentName.of("document-" + number + ".txt"),
        ContentType.TEXT,
        size,
        "%064x".formatted(number),
        Metadata.EMPTY,
        Instant.now());
  }
}
