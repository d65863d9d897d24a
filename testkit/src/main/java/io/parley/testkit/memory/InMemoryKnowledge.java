package io.parley.testkit.memory;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.UserScope;
import io.parley.domain.account.TenantId;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.ErasureId;
import io.parley.domain.document.PageText;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.erasure.ErasureReceipt;
import io.parley.domain.job.JobId;
import io.parley.domain.port.persistence.IndexFeed;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.Generation;
import io.parley.domain.retrieval.GenerationId;
import io.parley.domain.retrieval.LogEntry;
import io.parley.domain.retrieval.LogPosition;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rows of sources, the log, the queue and erasures, and which of them are visible. */
final class InMemoryKnowledge {

  record Page(VersionRef ref, int number) {}

  @SuppressWarnings("ArrayRecordComponent") // kept and copied, never compared
  record Embedding(ChunkId chunk, EmbeddingModel model, float[] vector) {}

  record EmbeddingKey(ChunkId chunk, EmbeddingModel model) {}

  record Followed(
      IndexFeed.Follower follower, LogPosition position, Instant seenAt, @Nullable Turn turn) {}

  record Turn(UUID holder, Instant until) {}

  record KeptReceipt(@Nullable UserScope owner, @Nullable String keyHash, ErasureReceipt receipt) {}

  final InMemoryDatabase database;
  final Table<SourceId, KeptSource> sources;
  final Table<VersionRef, KeptVersion> versions;
  final Table<Page, PageText> pages;
  final Table<VersionRef, Integer> pageCounts;
  final Table<ChunkId, Chunk> chunks;
  final Table<EmbeddingKey, Embedding> embeddings;
  final Table<Long, LogEntry> log;
  final Table<UUID, Followed> followers;
  final Table<JobId, KeptJob> jobs;
  final Table<UserId, Long> turns;
  final Table<GenerationId, Generation> generations;
  final Table<GenerationId, Turn> fillTurns;
  final Table<ErasureId, KeptReceipt> receipts;

  InMemoryKnowledge(InMemoryDatabase database) {
    this.database = database;
    this.sources = database.table();
    this.versions = database.table();
    this.pages = database.table();
    this.pageCounts = database.table();
    this.chunks = database.table();
    this.embeddings = database.table();
    this.log = database.table();
    this.followers = database.table();
    this.jobs = database.table();
    this.turns = database.table();
    this.generations = database.table();
    this.fillTurns = database.table();
    this.receipts = database.table();
  }

  boolean isLive(BotScope scope) {
    return database
        .bots
        .get(scope.bot())
        .filter(bot -> !bot.tombstoned() && bot.bot().tenant().equals(scope.tenant()))
        .isPresent();
  }

  /** A source of the scope's bot, tombstoned or not. */
  Optional<KeptSource> source(BotScope scope, SourceId id) {
    return sources.get(id).filter(source -> source.isIn(scope));
  }

  /** A source of the scope's bot that can be seen. */
  Optional<KeptSource> visible(BotScope scope, SourceId id) {
    return source(scope, id).filter(this::isVisible);
  }

  boolean isVisible(KeptSource source) {
    return !source.tombstoned()
        && database.bots.get(source.bot()).filter(bot -> !bot.tombstoned()).isPresent();
  }

  /** Whether there is, or was, a tombstone of the source or of its bot. */
  boolean isErased(SourceId id) {
    return sources.get(id).filter(source -> !isVisible(source)).isPresent()
        || log.values()
            .anyMatch(entry ->
                entry.change() == LogEntry.Change.SOURCE_REMOVED && entry.source().equals(id));
  }

  /** A version of the scope's bot that can be seen and has not ended. */
  Optional<KeptVersion> atWork(BotScope scope, VersionRef ref) {
    return visible(scope, ref.source())
        .flatMap(source -> versions.get(ref))
        .filter(version -> !version.hasEnded());
  }

  List<Chunk> chunksOf(VersionRef ref) {
    return chunks
        .values()
        .filter(chunk -> chunk.ref().equals(ref))
        .sorted(Comparator.comparingInt(Chunk::ordinal))
        .toList();
  }

  /** Pages, chunks and embeddings of a version. */
  long rowsOf(VersionRef ref) {
    List<Chunk> held = chunksOf(ref);
    int lastPage = pageCounts.get(ref).orElse(0);
    long pagesHeld =
        IntStream.rangeClosed(1, lastPage)
            .filter(number -> pages.get(new Page(ref, number)).isPresent())
            .count();
    Set<ChunkId> ids = held.stream().map(Chunk::id).collect(Collectors.toSet());
    return pagesHeld
        + held.size()
        + embeddings.values().filter(embedding -> ids.contains(embedding.chunk())).count();
  }

  void removeChunk(Chunk chunk) {
    chunks.remove(chunk.id());
    embeddings.removeIf(embedding -> embedding.chunk().equals(chunk.id()));
  }

  long head() {
    return log.values().mapToLong(LogEntry::position).max().orElse(0);
  }

  LogEntry append(
      LogEntry.Change change,
      TenantId tenant,
      BotId bot,
      SourceId source,
      @Nullable Integer version) {
    LogEntry entry =
        new LogEntry(head() + 1, UUID.randomUUID(), change, tenant, bot, source, version);
    log.put(entry.position(), entry);
    return entry;
  }
}
