package io.parley.application.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.account.TenantId;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.erasure.Retained;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Portion;
import io.parley.domain.port.persistence.IndexFeed;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.port.vectorstore.IndexFollower;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.IndexedWords;
import io.parley.domain.retrieval.LogEntry;
import io.parley.domain.retrieval.LogEntry.Change;
import io.parley.domain.retrieval.LogPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FollowLogTest {
  private static final SourceId SOURCE = new SourceId(new UUID(4, 1));

  private final Feed feed = new Feed();
  private final Index index = new Index();
  private volatile Instant now = Instant.EPOCH;
  private Duration signOfLife = Duration.ofHours(1);

  @Test
  void chunksOfVersionsAreAddedAndRemovedInTheOrderOfTheLog() {
    feed.add(Change.VERSION_ADDED, 1, 3);
    feed.add(Change.VERSION_ADDED, 2, 2);
    feed.add(Change.VERSION_REMOVED, 1, 0);
    follow().advance();
    assertThat(index.held).isEqualTo(Set.copyOf(ids(2, 2)));
    assertThat(feed.reports).containsExactly(0L, 3L);

    feed.add(Change.SOURCE_REMOVED, null, 0);
    follow().advance();
    assertThat(index.held).isEmpty();
  }

  @Test
  void aBigVersionIsAppliedInPartsAndThePositionMovesAfterTheLast() {
    feed.add(Change.VERSION_ADDED, 1, 5);
    feed.add(Change.VERSION_ADDED, 2, 4_500);
    follow().advance();
    assertThat(index.held).hasSize(4_505);
    assertThat(index.sizes).allMatch(size -> size <= 4_000).hasSizeGreaterThan(1);
    assertThat(index.positions.subList(0, index.positions.size() - 1))
        .allMatch(position -> position.position() < 2);
    assertThat(index.kept.position()).isEqualTo(2);
  }

  @Test
  void aCrashInTheMiddleOfAVersionBeginsWithItAgain() {
    feed.add(Change.VERSION_ADDED, 1, 5);
    feed.add(Change.VERSION_ADDED, 2, 4_500);
    index.failAt = 2;
    assertThatThrownBy(follow()::advance).isInstanceOf(PortFailure.class);
    index.failAt = 0;
    assertThat(follow().advance()).isTrue();
    assertThat(index.held).hasSize(4_505);
    assertThat(feed.reports).last().isEqualTo(2L);
  }

  @Test
  void bytesOfErasedSourcesAreGivenUpAMinuteLaterAndUntilItIsDone() {
    feed.add(Change.VERSION_ADDED, 1, 3);
    FollowLog<ChunkId> log = follow();
    log.advance();
    assertThat(index.purges).as("once after a start").isEqualTo(1);

    feed.add(Change.SOURCE_REMOVED, null, 0);
    log.advance();
    assertThat(index.purges).isEqualTo(1);
    index.purgedAt = 3;
    for (int i = 0; i < 4; i++) {
      now = now.plusSeconds(60);
      log.advance();
    }
    assertThat(index.purges).isEqualTo(3);
  }

  @Test
  void moreEntriesThanFitInOneCallAreReadOn() {
    IntStream.rangeClosed(1, 600).forEach(v -> feed.add(Change.VERSION_ADDED, v, 1));
    FollowLog<ChunkId> log = follow();
    int calls = 0;
    while (log.advance()) {
      calls++;
    }
    assertThat(calls).isEqualTo(3);
    assertThat(index.held).hasSize(600);
    assertThat(log.advance()).isFalse();
  }

  @Test
  void anIndexOfAnotherLogStartsOver() {
    feed.add(Change.VERSION_ADDED, 1, 3);
    index.held.addAll(ids(9, 7));
    index.kept = new LogPosition(1, new UUID(8, 8));
    follow().advance();
    assertThat(index.held).isEqualTo(Set.copyOf(ids(1, 3)));
    assertThat(feed.reports).containsExactly(0L, 0L, 1L);
  }

  @Test
  void anIndexAheadOfARestoredDatabaseStartsOver() {
    feed.add(Change.VERSION_ADDED, 1, 3);
    index.kept = new LogPosition(7, new UUID(8, 8));
    follow().advance();
    assertThat(index.kept.position()).isEqualTo(1);
    assertThat(index.startedOver).isEqualTo(1);
  }

  @Test
  void anIndexWithoutAPositionGoesByTheDatabases() {
    feed.add(Change.VERSION_ADDED, 1, 3);
    feed.add(Change.VERSION_ADDED, 2, 2);
    index.keepsPosition = false;
    feed.kept = feed.entries.getFirst().at();
    follow().advance();
    assertThat(index.held).isEqualTo(Set.copyOf(ids(2, 2)));
  }

  @Test
  void whatWasAppliedIsReportedWhenTheDatabaseIsBack() {
    feed.add(Change.VERSION_ADDED, 1, 3);
    FollowLog<ChunkId> log = follow();
    feed.failReportsAt = 1;
    assertThatThrownBy(log::advance).isInstanceOf(PortFailure.class);
    assertThat(index.kept.position()).isEqualTo(1);
    feed.failReportsAt = Integer.MAX_VALUE;
    assertThat(log.advance()).isFalse();
    assertThat(feed.reports).containsExactly(0L, 1L);
    log.advance();
    assertThat(feed.reports).hasSize(2);
  }

  @Test
  void aFollowerThatStandsStillSaysEveryFiveSecondsThatItLives() {
    FollowLog<ChunkId> log = follow();
    for (int second = 0; second <= 10; second++) {
      log.advance();
      now = now.plusSeconds(1);
    }
    assertThat(feed.reports).containsExactly(0L, 0L, 0L);
  }

  @Test
  void aFollowerWhoseIndexFailsStillLives() {
    FollowLog<ChunkId> log = follow();
    feed.add(Change.VERSION_ADDED, 1, 3);
    index.failAt = 1;
    for (int attempt = 0; attempt < 3; attempt++) {
      assertThatThrownBy(log::advance).isInstanceOf(PortFailure.class);
      now = now.plusSeconds(5);
    }
    assertThat(feed.reports).containsExactly(0L, 0L, 0L);
  }

  @Test
  void aFollowerThatIsBusyWithALongVersionStillLives() {
    feed.add(Change.VERSION_ADDED, 1, 6_500);
    index.onApply = () -> now = now.plusSeconds(5);
    follow().advance();
    assertThat(feed.reports).hasSizeGreaterThan(3).startsWith(0L, 0L, 0L).endsWith(1L);
  }

  @Test
  @Timeout(60)
  void aFollowerWhoseIndexTakesLongOverOneChangeStillLives() {
    feed.add(Change.VERSION_ADDED, 1, 3);
    feed.failReportsAt = 1;
    signOfLife = Duration.ofMillis(1);
    index.onApply = () -> awaitReports(5);

    assertThatThrownBy(follow()::advance).isInstanceOf(PortFailure.class);

    assertThat(feed.reports).hasSizeGreaterThanOrEqualTo(5).containsOnly(0L);
  }

  private void awaitReports(int count) {
    while (feed.reports.size() < count) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aVersionThatCannotBePreparedHoldsUpNothingBeforeIt() {
    feed.add(Change.VERSION_ADDED, 1, 3);
    follow().advance();
    feed.add(Change.VERSION_REMOVED, 1, 0);
    feed.add(Change.VERSION_ADDED, 2, 3);
    feed.unprepared = 2;

    assertThatThrownBy(follow()::advance).isInstanceOf(PortFailure.class);

    assertThat(index.held).isEmpty();
    assertThat(index.kept.position()).isEqualTo(2);
  }

  @Test
  void anIndexThatStartsOverSaysSoBeforeItIsEmptied() {
    feed.add(Change.VERSION_ADDED, 1, 3);
    index.kept = new LogPosition(7, new UUID(8, 8));
    index.onStartOver = () -> assertThat(feed.reports).containsExactly(0L);

    follow().advance();

    assertThat(index.startedOver).isEqualTo(1);
  }

  @Test
  void anIndexThatWasNotEmptiedToTheEndIsEmptiedAgain() {
    feed.add(Change.VERSION_ADDED, 1, 3);
    index.keepsPosition = false;
    index.held.addAll(ids(9, 7));

    follow().advance();

    assertThat(index.held).isEqualTo(Set.copyOf(ids(1, 3)));
  }

  private FollowLog<ChunkId> follow() {
    return new FollowLog<>(
        feed,
        index,
        new FollowerDuty(new IndexFeed.Follower(new UUID(7, 7), "test", true)),
        feed.pages(),
        id -> id,
        null,
        () -> now,
        signOfLife);
  }

  private static List<ChunkId> ids(int version, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> ChunkId.of(new VersionRef(SOURCE, version), i))
        .toList();
  }

  /** A log that a test writes by hand. */
  private static final class Feed implements IndexFeed {
    final List<LogEntry> entries = new ArrayList<>();
    final Map<Integer, List<ChunkId>> versions = new HashMap<>();
    final List<Long> reports = new CopyOnWriteArrayList<>();
    LogPosition kept = LogPosition.START;
    int failReportsAt = Integer.MAX_VALUE;
    int unprepared;

    void add(Change change, @Nullable Integer version, int chunks) {
      long position = entries.size() + 1L;
      entries.add(
          new LogEntry(
              position,
              new UUID(5, position),
              change,
              new TenantId(new UUID(1, 1)),
              new BotId(new UUID(3, 1)),
              SOURCE,
              version));
      if (version != null && chunks > 0) {
        versions.put(version, ids(version, chunks));
      }
    }

    FollowLog.ChunkPages<ChunkId> pages() {
      return new FollowLog.ChunkPages<>() {
        @Override
        public void prepare(VersionRef ref, SignsOfLife signs) {
          if (ref.version() == unprepared) {
            throw new PortFailure(PortFailure.Kind.UNAVAILABLE, "model", "It is away.", null);
          }
        }

        @Override
        public List<ChunkId> read(VersionRef ref, @Nullable ChunkId after, int limit) {
          return chunks(ref, after, limit);
        }
      };
    }

    List<ChunkId> chunks(VersionRef ref, @Nullable ChunkId after, int limit) {
      List<ChunkId> all = versions.getOrDefault(ref.version(), List.of());
      int from = after == null ? 0 : all.indexOf(after) + 1;
      return all.subList(from, Math.min(all.size(), from + limit));
    }

    @Override
    public boolean knows(LogPosition position) {
      return position.equals(LogPosition.START)
          || entries.stream().anyMatch(e -> e.at().equals(position));
    }

    @Override
    public List<LogEntry> after(long position, int limit) {
      return entries.stream().filter(e -> e.position() > position).limit(limit).toList();
    }

    @Override
    public long head() {
      return entries.size();
    }

    @Override
    public List<IndexedVector> vectors(
        VersionRef ref, EmbeddingModel model, @Nullable ChunkId after, int limit) {
      return List.of();
    }

    @Override
    public List<IndexedWords> words(VersionRef ref, @Nullable ChunkId after, int limit) {
      return List.of();
    }

    @Override
    public LogPosition positionOf(UUID follower) {
      return kept;
    }

    @Override
    public void report(Follower follower, LogPosition position, Instant now) {
      if (position.position() >= failReportsAt) {
        throw new PortFailure(PortFailure.Kind.UNAVAILABLE, "database", "It is away.", null);
      }
      reports.add(position.position());
    }

    @Override
    public boolean take(Follower follower, UUID holder, Duration leaseFor, Instant now) {
      throw new AssertionError("An index of one server's own has no turns.");
    }

    @Override
    public boolean report(Follower follower, UUID holder, LogPosition position, Instant now) {
      throw new AssertionError("An index of one server's own has no turns.");
    }

    @Override
    public void release(UUID follower, UUID holder) {
      throw new AssertionError("An index of one server's own has no turns.");
    }

    @Override
    public List<Standing> standings() {
      return List.of();
    }

    @Override
    public int completePassed(Instant now) {
      return 0;
    }
  }

  /** An index that holds nothing but ids. */
  private static final class Index implements IndexFollower<ChunkId> {
    final Set<ChunkId> held = new HashSet<>();
    final List<LogPosition> positions = new ArrayList<>();
    final List<Integer> sizes = new ArrayList<>();
    LogPosition kept = LogPosition.START;
    boolean keepsPosition = true;
    int startedOver;
    int failAt;
    int purges;
    int purgedAt;
    Runnable onApply = () -> {};
    Runnable onStartOver = () -> {};

    @Override
    public boolean shared() {
      return false;
    }

    @Override
    public Optional<LogPosition> position() {
      return keepsPosition ? Optional.of(kept) : Optional.empty();
    }

    @Override
    public void apply(List<IndexChange<ChunkId>> changes, LogPosition upTo) {
      onApply.run();
      if (positions.size() + 1 == failAt) {
        throw new PortFailure(PortFailure.Kind.UNAVAILABLE, "index", "It is away.", null);
      }
      int size = 0;
      for (IndexChange<ChunkId> change : changes) {
        size += apply(change);
      }
      sizes.add(size);
      positions.add(upTo);
      kept = upTo;
    }

    private int apply(IndexChange<ChunkId> change) {
      switch (change) {
        case IndexChange.Add<ChunkId> add -> held.addAll(add.chunks());
        case IndexChange.RemoveVersion<ChunkId> gone ->
            ids(gone.ref().version(), 5_000).forEach(held::remove);
        case IndexChange.RemoveSource<ChunkId> _ -> held.clear();
        case IndexChange.RemoveChunks<ChunkId> gone -> gone.chunks().forEach(held::remove);
      }
      return change instanceof IndexChange.Add<ChunkId> add ? add.chunks().size() : 0;
    }

    @Override
    public boolean purge() {
      purges++;
      return purges >= purgedAt;
    }

    @Override
    public Set<Retained> retained() {
      return Set.of();
    }

    @Override
    public void startOver() {
      onStartOver.run();
      held.clear();
      kept = LogPosition.START;
      startedOver++;
    }

    @Override
    public long count() {
      return held.size();
    }

    @Override
    public Set<ChunkId> chunksOf(SourceId source) {
      return Set.copyOf(held);
    }

    @Override
    public Portion<ChunkId> chunks(@Nullable String from, int limit) {
      return new Portion<>(List.of(), null);
    }

    @Override
    public Map<ChunkId, Integer> held(Collection<ChunkId> ids) {
      return Map.of();
    }

    @Override
    public boolean verify() {
      return true;
    }

    @Override
    public void close() {}
  }
}
