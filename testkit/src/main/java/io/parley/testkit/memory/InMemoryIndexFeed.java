package io.parley.testkit.memory;

import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.Step;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.IndexFeed;
import io.parley.domain.retrieval.ChunkAttributes;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.Generation;
import io.parley.domain.retrieval.GenerationId;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.IndexedWords;
import io.parley.domain.retrieval.LogEntry;
import io.parley.domain.retrieval.LogPosition;
import io.parley.testkit.memory.InMemoryKnowledge.EmbeddingKey;
import io.parley.testkit.memory.InMemoryKnowledge.Followed;
import io.parley.testkit.memory.InMemoryKnowledge.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The reading side of the log in memory. */
final class InMemoryIndexFeed implements IndexFeed {

  private final InMemoryKnowledge knowledge;

  InMemoryIndexFeed(InMemoryKnowledge knowledge) {
    this.knowledge = knowledge;
  }

  @Override
  public boolean knows(LogPosition position) {
    return knowledge.database.inTransaction(() ->
        position.equals(LogPosition.START)
            || knowledge
                .log
                .get(position.position())
                .filter(entry -> entry.at().equals(position))
                .isPresent());
  }

  @Override
  public List<LogEntry> after(long position, int limit) {
    return knowledge.database.inTransaction(() ->
        LongStream.rangeClosed(position + 1, Math.min(knowledge.head(), position + limit))
            .mapToObj(at -> knowledge.log.get(at).orElseThrow())
            .toList());
  }

  @Override
  public long head() {
    return knowledge.database.inTransaction(knowledge::head);
  }

  @Override
  public List<IndexedVector> vectors(
      VersionRef ref, EmbeddingModel model, @Nullable ChunkId after, int limit) {
    return knowledge.database.inTransaction(() ->
        attributes(ref).stream()
            .flatMap(attributes ->
                chunks(ref, after).flatMap(chunk -> vector(chunk, model, attributes).stream()))
            .limit(limit)
            .toList());
  }

  private Optional<IndexedVector> vector(
      Chunk chunk, EmbeddingModel model, ChunkAttributes attributes) {
    return knowledge
        .embeddings
        .get(new EmbeddingKey(chunk.id(), model))
        .map(kept -> new IndexedVector(chunk.id(), attributes, kept.vector().clone()));
  }

  @Override
  public List<IndexedWords> words(VersionRef ref, @Nullable ChunkId after, int limit) {
    return knowledge.database.inTransaction(() ->
        attributes(ref).stream()
            .flatMap(attributes -> chunks(ref, after).map(chunk -> words(chunk, attributes)))
            .limit(limit)
            .toList());
  }

  private static IndexedWords words(Chunk chunk, ChunkAttributes attributes) {
    return new IndexedWords(chunk.id(), attributes, chunk.embeddingText(), attributes.language());
  }

  private Optional<ChunkAttributes> attributes(VersionRef ref) {
    return knowledge
        .sources
        .get(ref.source())
        .filter(knowledge::isVisible)
        .flatMap(source -> knowledge.versions.get(ref).map(version -> version.attributes(source)));
  }

  private Stream<Chunk> chunks(VersionRef ref, @Nullable ChunkId after) {
    if (after == null) {
      return knowledge.chunksOf(ref).stream();
    }
    return knowledge.chunks.get(after).stream()
        .flatMap(last ->
            knowledge.chunksOf(ref).stream().filter(chunk -> chunk.ordinal() > last.ordinal()));
  }

  @Override
  public LogPosition positionOf(UUID follower) {
    return knowledge.database.inTransaction(
        () -> knowledge.followers.get(follower).map(Followed::position).orElse(LogPosition.START));
  }

  @Override
  public void report(Follower follower, LogPosition position, Instant now) {
    knowledge.database.run(() -> put(follower, position, now, turn(follower.id())));
  }

  private void put(Follower follower, LogPosition position, Instant now, @Nullable Turn turn) {
    GenerationId id = follower.generation();
    Optional<Generation> generation = id == null ? Optional.empty() : knowledge.generations.get(id);
    if (id == null || generation.isPresent()) {
      boolean serves = generation.filter(g -> g.state() == Generation.State.SERVING).isPresent();
      knowledge.followers.put(
          follower.id(),
          new Followed(follower.serving(follower.serving() || serves), position, now, turn));
    }
  }

  private @Nullable Turn turn(UUID follower) {
    return knowledge.followers.get(follower).map(Followed::turn).orElse(null);
  }

  @Override
  public boolean take(Follower follower, UUID holder, Duration leaseFor, Instant now) {
    return knowledge.database.inTransaction(() -> {
      Turn before = turn(follower.id());
      boolean busy =
          before != null && !before.holder().equals(holder) && before.until().isAfter(now);
      if (busy || isOfNone(follower)) {
        return false;
      }
      Followed kept =
          knowledge
              .followers
              .get(follower.id())
              .orElse(new Followed(follower, LogPosition.START, now, null));
      Turn turn = new Turn(holder, now.plus(leaseFor));
      knowledge.followers.put(
          follower.id(), new Followed(kept.follower(), kept.position(), kept.seenAt(), turn));
      return true;
    });
  }

  private boolean isOfNone(Follower follower) {
    GenerationId id = follower.generation();
    return id != null && knowledge.generations.get(id).isEmpty();
  }

  @Override
  public boolean report(Follower follower, UUID holder, LogPosition position, Instant now) {
    return knowledge.database.inTransaction(() -> {
      Turn turn = turn(follower.id());
      boolean ours = turn != null && turn.holder().equals(holder);
      if (ours) {
        put(follower, position, now, turn);
      }
      return ours;
    });
  }

  @Override
  public void release(UUID follower, UUID holder) {
    knowledge.database.run(() ->
        knowledge
            .followers
            .get(follower)
            .filter(kept -> kept.turn() != null && kept.turn().holder().equals(holder))
            .ifPresent(kept ->
                knowledge.followers.put(
                    follower,
                    new Followed(kept.follower(), kept.position(), kept.seenAt(), null))));
  }

  @Override
  public List<Standing> standings() {
    return knowledge.database.inTransaction(() ->
        knowledge
            .followers
            .values()
            .map(kept -> new Standing(kept.follower(), kept.position(), kept.seenAt()))
            .sorted(Comparator.comparing(standing -> standing.follower().id().toString()))
            .toList());
  }

  @Override
  public int completePassed(Instant now) {
    return knowledge.database.inTransaction(() -> {
      OptionalLong passed = passed(now);
      if (passed.isEmpty()) {
        return 0;
      }
      List<KeptVersion> versions = waiting(passed.getAsLong());
      versions.forEach(version -> complete(version, now));
      return versions.size();
    });
  }

  private OptionalLong passed(Instant now) {
    return knowledge
        .followers
        .values()
        .filter(followed -> followed.follower().serving())
        .filter(followed -> !followed.seenAt().isBefore(now.minus(GONE_AFTER)))
        .mapToLong(followed -> followed.position().position())
        .min();
  }

  private List<KeptVersion> waiting(long passed) {
    return knowledge
        .versions
        .values()
        .filter(v -> v.progress().step() == Step.EMBEDDED && !v.hasEnded())
        .filter(v -> position(v) <= passed)
        .filter(
            v -> knowledge.sources.get(v.ref().source()).filter(knowledge::isVisible).isPresent())
        .sorted(Comparator.comparingLong(InMemoryIndexFeed::position))
        .toList();
  }

  private static long position(KeptVersion version) {
    Long position = version.logPosition();
    return position == null ? Long.MAX_VALUE : position;
  }

  private void complete(KeptVersion version, Instant now) {
    int number = version.ref().version();
    knowledge.versions.put(version.ref(), version.ended(DocumentStatus.COMPLETE, null, now));
    KeptSource source = knowledge.sources.get(version.ref().source()).orElseThrow();
    Integer before = source.serving();
    if (before == null || before < number) {
      knowledge.sources.put(source.id(), source.serving(number));
    }
    if (before != null) {
      knowledge.append(
          LogEntry.Change.VERSION_REMOVED,
          source.tenant(),
          source.bot(),
          source.id(),
          Math.min(before, number));
    }
  }
}
