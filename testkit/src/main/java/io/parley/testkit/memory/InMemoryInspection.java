package io.parley.testkit.memory;

import io.parley.domain.document.BlobKey;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.Step;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.Inspection;
import io.parley.domain.port.persistence.JobQueue;
import io.parley.domain.retrieval.ChunkAttributes;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.IndexedWords;
import io.parley.domain.retrieval.LogEntry;
import io.parley.testkit.memory.InMemoryKnowledge.EmbeddingKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at all rows each time. */
final class InMemoryInspection implements Inspection {

  private static final Comparator<VersionRef> IN_ORDER =
      Comparator.<VersionRef, String>comparing(ref -> ref.source().toString())
          .thenComparingInt(VersionRef::version);

  private final InMemoryKnowledge knowledge;
  private final InMemoryFlaws flaws;

  InMemoryInspection(InMemoryKnowledge knowledge, JobQueue jobs) {
    this.knowledge = knowledge;
    this.flaws = new InMemoryFlaws(knowledge, jobs);
  }

  @Override
  public List<ChunkId> expected(@Nullable ChunkId after, long announcedUpTo, int limit) {
    return knowledge.database.inTransaction(() ->
        knowledge
            .chunks
            .values()
            .filter(chunk -> version(chunk).filter(v -> upTo(v, announcedUpTo)).isPresent())
            .filter(chunk -> isExpected(chunk.ref()))
            .map(Chunk::id)
            .sorted(Comparator.comparing(ChunkId::toString))
            .filter(id -> after == null || id.toString().compareTo(after.toString()) > 0)
            .limit(limit)
            .toList());
  }

  private static boolean upTo(KeptVersion version, long position) {
    Long announced = version.logPosition();
    return announced != null && announced <= position;
  }

  private Optional<KeptVersion> version(Chunk chunk) {
    return knowledge.versions.get(chunk.ref());
  }

  private boolean isExpected(VersionRef ref) {
    return knowledge.sources.get(ref.source()).filter(knowledge::isVisible).isPresent()
        && isAnnounced(ref);
  }

  private boolean isAnnounced(VersionRef ref) {
    Optional<Integer> serving =
        knowledge.sources.get(ref.source()).flatMap(s -> Optional.ofNullable(s.serving()));
    return serving.filter(version -> version == ref.version()).isPresent()
        || knowledge
            .versions
            .get(ref)
            .filter(v -> v.progress().step() == Step.EMBEDDED && !v.hasEnded())
            .isPresent();
  }

  @Override
  public Set<ChunkId> stale(Collection<ChunkId> ids) {
    return knowledge.database.inTransaction(
        () -> ids.stream().filter(this::isStale).collect(Collectors.toSet()));
  }

  private boolean isStale(ChunkId id) {
    return knowledge
        .chunks
        .get(id)
        .map(Chunk::ref)
        .filter(this::isAnnounced)
        .filter(ref -> !isRemoved(ref.source()))
        .isEmpty();
  }

  private boolean isRemoved(SourceId source) {
    return knowledge
        .log
        .first(entry ->
            entry.source().equals(source) && entry.change() == LogEntry.Change.SOURCE_REMOVED)
        .isPresent();
  }

  @Override
  public List<IndexedVector> vectors(Collection<ChunkId> ids, EmbeddingModel model) {
    return knowledge.database.inTransaction(
        () -> expected(ids).flatMap(chunk -> vector(chunk, model).stream()).toList());
  }

  private Optional<IndexedVector> vector(Chunk chunk, EmbeddingModel model) {
    return knowledge
        .embeddings
        .get(new EmbeddingKey(chunk.id(), model))
        .map(kept -> new IndexedVector(chunk.id(), attributes(chunk), kept.vector().clone()));
  }

  @Override
  public List<IndexedWords> words(Collection<ChunkId> ids) {
    return knowledge.database.inTransaction(() -> expected(ids).map(this::words).toList());
  }

  private IndexedWords words(Chunk chunk) {
    ChunkAttributes attributes = attributes(chunk);
    return new IndexedWords(chunk.id(), attributes, chunk.embeddingText(), attributes.language());
  }

  private Stream<Chunk> expected(Collection<ChunkId> ids) {
    return ids.stream()
        .flatMap(id -> knowledge.chunks.get(id).stream())
        .filter(chunk -> isExpected(chunk.ref()));
  }

  private ChunkAttributes attributes(Chunk chunk) {
    KeptSource source = knowledge.sources.get(chunk.ref().source()).orElseThrow();
    return version(chunk).orElseThrow().attributes(source);
  }

  @Override
  public List<BlobKey> blobs(@Nullable VersionRef after, int limit) {
    return knowledge.database.inTransaction(() ->
        knowledge
            .versions
            .values()
            .filter(v -> !knowledge.isErased(v.ref().source()))
            .sorted(Comparator.comparing(KeptVersion::ref, IN_ORDER))
            .filter(v -> after == null || IN_ORDER.compare(v.ref(), after) > 0)
            .limit(limit)
            .map(KeptVersion::blob)
            .toList());
  }

  @Override
  public Map<VersionRef, BlobKey> blobsOf(Collection<VersionRef> refs) {
    return knowledge.database.inTransaction(() ->
        refs.stream()
            .distinct()
            .flatMap(ref -> knowledge.versions.get(ref).stream())
            .map(KeptVersion::blob)
            .collect(Collectors.toMap(BlobKey::ref, Function.identity())));
  }

  @Override
  public Set<SourceId> erased(Collection<SourceId> sources) {
    return knowledge.database.inTransaction(
        () -> sources.stream().filter(knowledge::isErased).collect(Collectors.toSet()));
  }

  @Override
  public long versions() {
    return knowledge.database.inTransaction(() -> knowledge.versions.values().count());
  }

  @Override
  public List<Flaw> flaws(FlawKind kind, @Nullable String after, int limit) {
    return knowledge.database.inTransaction(() ->
        flaws
            .find(kind)
            .sorted()
            .filter(row -> after == null || row.compareTo(after) > 0)
            .limit(limit)
            .map(row -> new Flaw(kind, row))
            .toList());
  }

  @Override
  public boolean repair(Flaw flaw, Instant now) {
    return knowledge.database.inTransaction(
        () -> flaws.find(flaw.kind()).anyMatch(flaw.row()::equals) && flaws.repair(flaw, now));
  }
}
