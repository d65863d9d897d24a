package io.parley.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.SourceType;
import io.parley.domain.document.Step;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.ChangeLog;
import io.parley.domain.port.persistence.IndexFeed;
import io.parley.domain.port.persistence.IndexFeed.Follower;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.retrieval.ChunkAttributes;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.IndexedWords;
import io.parley.domain.retrieval.LogEntry;
import io.parley.domain.retrieval.LogPosition;
import io.parley.testkit.Scopes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ChangeLog} and the {@link IndexFeed} beside it do. */
public abstract class ChangeLogContract {

  private static final Instant NOW = BotKnowledge.NOW;
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final int WRITERS = 8;
  private static final int APPENDS = 25;

  /** Long enough that a thread waits for a lock by then. */
  private static final Duration WHILE = Duration.ofMillis(200);

  private final Follower vectors = new Follower(UUID.randomUUID(), "vectors", true);
  private final Follower words = new Follower(UUID.randomUUID(), "words", true);
  private final Follower building = new Follower(UUID.randomUUID(), "building", false);
  private BotKnowledge bot;

  /** The database under test. */
  protected abstract Persistence persistence();

  @BeforeEach
  void freshBot() {
    bot = BotKnowledge.in(persistence());
  }

  @AfterEach
  void forgetFollowers() {
    List.of(vectors, words, building)
        .forEach(follower ->
            feed()
                .report(
                    new Follower(follower.id(), follower.name(), false),
                    LogPosition.START,
                    Instant.EPOCH));
  }

  private ChangeLog log() {
    return persistence().changeLog();
  }

  private IndexFeed feed() {
    return persistence().indexFeed();
  }

  private Document document(SourceId id) {
    return persistence().documents().find(bot.scope(), id).orElseThrow();
  }

  @Test
  void appendsDenselyAndReadsInOrder() {
    VersionRef ref = bot.add("a.txt").ref();
    long before = feed().head();
    LogEntry added = bot.announce(ref);
    LogEntry removed = log().versionRemoved(bot.scope(), ref);
    LogEntry gone = log().sourceRemoved(bot.scope(), ref.source());

    assertThat(List.of(added, removed, gone))
        .extracting(LogEntry::position)
        .containsExactly(before + 1, before + 2, before + 3);
    assertThat(feed().after(before, 9)).containsExactly(added, removed, gone);
    assertThat(feed().after(before, 2)).containsExactly(added, removed);
    assertThat(feed().after(before + 3, 9)).isEmpty();
    assertThat(feed().head()).isEqualTo(before + 3);
    assertThat(added.change()).isEqualTo(LogEntry.Change.VERSION_ADDED);
    assertThat(added.bot()).isEqualTo(bot.scope().bot());
    assertThat(added.tenant()).isEqualTo(bot.scope().tenant());
  }

  @Test
  void removesASourceOnce() {
    VersionRef ref = bot.add("a.txt").ref();
    VersionRef other = bot.add("b.txt").ref();
    LogEntry gone = log().sourceRemoved(bot.scope(), ref.source());

    assertThat(log().sourceRemoved(bot.scope(), ref.source())).isEqualTo(gone);

    assertThat(feed().head()).isEqualTo(gone.position());
    assertThat(log().sourceRemoved(bot.scope(), other.source()).position())
        .isEqualTo(gone.position() + 1);
    for (BotScope foreign : bot.foreignScopes()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> log().sourceRemoved(foreign, ref.source()));
    }
  }

  @Test
  void addsNothingForASourceThatIsTombstoned() {
    VersionRef ref = bot.add("a.txt").ref();
    bot.embed(ref, "one");
    persistence().documents().tombstone(bot.scope(), ref.source(), NOW);
    LogEntry gone = log().sourceRemoved(bot.scope(), ref.source());

    assertThat(log().versionAdded(bot.scope(), ref)).isEmpty();

    assertThat(feed().head()).isEqualTo(gone.position());
  }

  /** Both wait for a third writer of the log, the removal first. */
  @Test
  void addsNothingBehindTheRemovalOfASource() throws Exception {
    VersionRef ref = bot.add("a.txt").ref();
    VersionRef other = bot.add("b.txt").ref();
    List<Thread> waiting = new ArrayList<>();

    persistence()
        .transactions()
        .run(() -> {
          bot.announce(other);
          waiting.add(startedAndWaiting(() -> removed(ref)));
          waiting.add(startedAndWaiting(() -> added(ref)));
        });
    for (Thread thread : waiting) {
      thread.join();
    }

    assertThat(feed().after(0, 1_000_000))
        .filteredOn(entry -> entry.source().equals(ref.source()))
        .extracting(LogEntry::change)
        .containsExactly(LogEntry.Change.SOURCE_REMOVED);
  }

  private static Thread startedAndWaiting(Runnable work) {
    Thread thread = Thread.ofPlatform().start(work);
    try {
      thread.join(WHILE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return thread;
  }

  private void added(VersionRef ref) {
    persistence().transactions().inTransaction(() -> log().versionAdded(bot.scope(), ref));
  }

  private void removed(VersionRef ref) {
    persistence()
        .transactions()
        .run(() -> {
          persistence().documents().tombstone(bot.scope(), ref.source(), NOW);
          log().sourceRemoved(bot.scope(), ref.source());
        });
  }

  @Test
  void removesASourceAgainForAnIndexThatMissedIt() {
    VersionRef ref = bot.add("a.txt").ref();
    LogEntry first = log().sourceRemoved(bot.scope(), ref.source());

    LogEntry again = log().sourceRemovedAgain(bot.scope(), ref.source());

    assertThat(again.position()).isEqualTo(first.position() + 1);
    assertThat(again.change()).isEqualTo(LogEntry.Change.SOURCE_REMOVED);
    assertThat(log().sourceRemoved(bot.scope(), ref.source())).isEqualTo(again);
    for (BotScope foreign : bot.foreignScopes()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> log().sourceRemovedAgain(foreign, ref.source()));
    }
  }

  @Test
  void knowsWhereEveryFollowerStands() {
    LogEntry entry = bot.announce(bot.add("a.txt").ref());
    IndexFeed.Follower follower = new IndexFeed.Follower(UUID.randomUUID(), "words", false);
    feed().report(follower, entry.at(), BotKnowledge.NOW);

    assertThat(feed().standings())
        .contains(new IndexFeed.Standing(follower, entry.at(), BotKnowledge.NOW));
  }

  @Test
  void neverShowsAReaderAGapOrALateEntry() {
    VersionRef ref = bot.add("a.txt").ref();
    long before = feed().head();
    AtomicInteger writing = new AtomicInteger(WRITERS);
    AtomicInteger roles = new AtomicInteger();

    List<List<Long>> results =
        Together.run(
            WRITERS + 2,
            () -> roles.getAndIncrement() < WRITERS ? write(ref, writing) : read(before, writing));

    List<Long> expected =
        LongStream.rangeClosed(before + 1, before + WRITERS * (APPENDS - APPENDS / 5L))
            .boxed()
            .toList();
    assertThat(results).filteredOn(seen -> !seen.isEmpty()).hasSize(2).containsOnly(expected);
  }

  /** Every fifth append is rolled back. */
  private List<Long> write(VersionRef ref, AtomicInteger writing) {
    for (int i = 1; i <= APPENDS; i++) {
      boolean rollBack = i % 5 == 0;
      try {
        persistence().transactions().run(() -> append(ref, rollBack));
      } catch (IllegalArgumentException e) {
        assertThat(rollBack).isTrue();
      }
    }
    writing.decrementAndGet();
    return List.of();
  }

  private void append(VersionRef ref, boolean rollBack) {
    log().versionAdded(bot.scope(), ref);
    if (rollBack) {
      throw new IllegalArgumentException("rolled back");
    }
  }

  private List<Long> read(long from, AtomicInteger writing) {
    List<Long> seen = new ArrayList<>();
    long at = from;
    boolean last = false;
    while (!last) {
      last = writing.get() == 0;
      List<LogEntry> entries = feed().after(at, 7);
      for (LogEntry entry : entries) {
        seen.add(entry.position());
        at = entry.position();
      }
      last &= entries.isEmpty();
    }
    return seen;
  }

  @Test
  void appendsNothingInAForeignScopeOrWithoutThePermission() {
    VersionRef ref = bot.add("a.txt").ref();
    long before = feed().head();
    List<BotScope> scopes = new ArrayList<>(bot.foreignScopes());
    scopes.add(Scopes.withOnly(bot.scope(), Permission.READ, Permission.ASK));
    for (BotScope scope : scopes) {
      assertThatIllegalStateException().isThrownBy(() -> log().versionAdded(scope, ref));
      assertThatIllegalStateException().isThrownBy(() -> log().versionRemoved(scope, ref));
      assertThatIllegalStateException().isThrownBy(() -> log().sourceRemoved(scope, ref.source()));
    }
    assertThat(feed().head()).isEqualTo(before);
  }

  @Test
  void knowsWhichEntryStandsWhere() {
    LogEntry entry = bot.announce(bot.add("a.txt").ref());
    assertThat(feed().knows(LogPosition.START)).isTrue();
    assertThat(feed().knows(entry.at())).isTrue();
    assertThat(feed().knows(new LogPosition(entry.position(), UUID.randomUUID()))).isFalse();
    assertThat(feed().knows(new LogPosition(entry.position() + 1, entry.id()))).isFalse();
  }

  @Test
  void remembersWhereAFollowerStands() {
    LogEntry entry = bot.announce(bot.add("a.txt").ref());
    assertThat(feed().positionOf(vectors.id())).isEqualTo(LogPosition.START);
    feed().report(vectors, entry.at(), NOW);
    assertThat(feed().positionOf(vectors.id())).isEqualTo(entry.at());
    feed().report(vectors, LogPosition.START, NOW);
    assertThat(feed().positionOf(vectors.id())).isEqualTo(LogPosition.START);
  }

  @Test
  void oneAtATimeHasTheTurnAtASharedIndex() {
    LogEntry entry = bot.announce(bot.add("a.txt").ref());
    UUID first = UUID.randomUUID();
    UUID second = UUID.randomUUID();

    assertThat(feed().take(vectors, first, LEASE, NOW)).isTrue();
    assertThat(feed().positionOf(vectors.id())).isEqualTo(LogPosition.START);
    assertThat(feed().take(vectors, second, LEASE, NOW.plus(LEASE).minusMillis(1))).isFalse();
    assertThat(feed().take(vectors, first, LEASE, NOW.plusSeconds(1))).as("kept").isTrue();
    assertThat(feed().take(vectors, second, LEASE, NOW.plus(LEASE))).as("kept").isFalse();
    assertThat(feed().report(vectors, second, entry.at(), NOW)).isFalse();
    assertThat(feed().positionOf(vectors.id())).isEqualTo(LogPosition.START);
    assertThat(feed().report(vectors, first, entry.at(), NOW)).isTrue();
    assertThat(feed().positionOf(vectors.id())).isEqualTo(entry.at());
  }

  @Test
  void whoLostTheTurnReportsNothing() {
    LogEntry entry = bot.announce(bot.add("a.txt").ref());
    UUID first = UUID.randomUUID();
    UUID second = UUID.randomUUID();
    feed().take(vectors, first, LEASE, NOW);
    feed().report(vectors, first, entry.at(), NOW);

    assertThat(feed().take(vectors, second, LEASE, NOW.plus(LEASE))).isTrue();

    assertThat(feed().positionOf(vectors.id())).as("where the first was").isEqualTo(entry.at());
    assertThat(feed().report(vectors, first, LogPosition.START, NOW)).isFalse();
    assertThat(feed().positionOf(vectors.id())).isEqualTo(entry.at());
  }

  @Test
  void aTurnThatIsGivenBackIsTakenAtOnce() {
    UUID first = UUID.randomUUID();
    UUID second = UUID.randomUUID();
    feed().take(vectors, first, LEASE, NOW);

    feed().release(vectors.id(), second);
    assertThat(feed().take(vectors, second, LEASE, NOW)).isFalse();
    feed().release(vectors.id(), first);

    assertThat(feed().report(vectors, first, LogPosition.START, NOW)).isFalse();
    assertThat(feed().take(vectors, second, LEASE, NOW)).isTrue();
  }

  @Test
  void ofServersThatReachForATurnTogetherOneGetsIt() {
    List<Boolean> taken =
        Together.run(WRITERS, () -> feed().take(vectors, UUID.randomUUID(), LEASE, NOW));

    assertThat(taken).containsOnlyOnce(true);
  }

  @Test
  void readsVectorsAndWordsOfAVersionInParts() {
    VersionRef ref = bot.add("a.txt").ref();
    bot.embed(ref, "one", "two", "three");
    ChunkId second = ChunkId.of(ref, 1);

    List<IndexedVector> firstPart = feed().vectors(ref, BotKnowledge.MODEL, null, 2);
    List<IndexedVector> rest = feed().vectors(ref, BotKnowledge.MODEL, second, 2);
    assertThat(firstPart).extracting(IndexedVector::id).containsExactly(ChunkId.of(ref, 0), second);
    assertThat(rest).extracting(IndexedVector::id).containsExactly(ChunkId.of(ref, 2));
    assertThat(rest.getFirst().vector()).containsExactly(1, 2, -0.5f);
    assertThat(rest.getFirst().attributes()).isEqualTo(attributes(ref));

    List<IndexedWords> afterSecond = feed().words(ref, second, 9);
    assertThat(feed().words(ref, null, 2)).hasSize(2);
    assertThat(afterSecond)
        .containsExactly(
            new IndexedWords(ChunkId.of(ref, 2), attributes(ref), "Heading\nthree", "en"));
  }

  private ChunkAttributes attributes(VersionRef ref) {
    return new ChunkAttributes(
        bot.scope().tenant(),
        bot.scope().bot(),
        ref,
        SourceType.DOCUMENT,
        "text/plain",
        NOW,
        "en",
        BotKnowledge.METADATA);
  }

  @Test
  void readsNothingOfWhatIsGone() {
    VersionRef ref = bot.add("a.txt").ref();
    bot.embed(ref, "one", "two");
    EmbeddingModel other = new EmbeddingModel("local", "unknown", 3);
    assertThat(feed().vectors(ref, other, null, 9)).isEmpty();
    assertThat(feed().words(ref, new ChunkId(UUID.randomUUID()), 9)).isEmpty();

    persistence().documents().tombstone(bot.scope(), ref.source(), NOW);

    assertThat(feed().vectors(ref, BotKnowledge.MODEL, null, 9)).isEmpty();
    assertThat(feed().words(ref, null, 9)).isEmpty();
    assertThat(feed().words(new VersionRef(new SourceId(UUID.randomUUID()), 1), null, 9)).isEmpty();
  }

  @Test
  void completesWhatAllServingFollowersHavePassed() {
    Document document = bot.add("a.txt");
    LogEntry entry = bot.embed(document.ref(), "one");
    feed().report(vectors, entry.at(), NOW);
    feed().report(words, LogPosition.START, NOW);
    feed().report(building, LogPosition.START, NOW);
    feed().completePassed(NOW);
    assertThat(document(document.id()).status()).isEqualTo(DocumentStatus.PROCESSING);

    feed().report(words, entry.at(), NOW);
    assertThat(feed().completePassed(NOW.plusSeconds(1))).isEqualTo(1);

    Document complete = document(document.id());
    assertThat(complete.status()).isEqualTo(DocumentStatus.COMPLETE);
    assertThat(complete.progress().step()).isEqualTo(Step.INDEXED);
    assertThat(complete.servingVersion()).isEqualTo(1);
    assertThat(complete.processedAt()).isEqualTo(NOW.plusSeconds(1));
    assertThat(feed().head()).isEqualTo(entry.position());
    assertThat(feed().completePassed(NOW)).isZero();
  }

  @Test
  void completesNothingWhileNobodyServes() {
    Document document = bot.add("a.txt");
    LogEntry entry = bot.embed(document.ref(), "one");
    feed().report(building, entry.at(), NOW);
    assertThat(feed().completePassed(NOW)).isZero();
    assertThat(document(document.id()).status()).isEqualTo(DocumentStatus.PROCESSING);
    bot.complete(bot.add("b.txt").ref(), "other");
  }

  @Test
  void waitsForAFollowerThatLives() {
    Document document = bot.add("a.txt");
    LogEntry entry = bot.embed(document.ref(), "one");
    Instant later = NOW.plus(IndexFeed.GONE_AFTER).plusSeconds(1);
    feed().report(words, LogPosition.START, NOW);
    feed().report(words, LogPosition.START, NOW.plusSeconds(1));
    feed().report(vectors, entry.at(), later);

    assertThat(feed().completePassed(later)).isZero();
    assertThat(document(document.id()).status()).isEqualTo(DocumentStatus.PROCESSING);
  }

  @Test
  void waitsForNoFollowerThatIsGone() {
    Document document = bot.add("a.txt");
    LogEntry entry = bot.embed(document.ref(), "one");
    Instant later = NOW.plus(IndexFeed.GONE_AFTER).plusSeconds(1);
    feed().report(words, LogPosition.START, NOW);
    feed().report(vectors, entry.at(), later);

    assertThat(feed().completePassed(later)).isEqualTo(1);
    assertThat(document(document.id()).status()).isEqualTo(DocumentStatus.COMPLETE);
  }

  @Test
  void completesNothingWhileAllFollowersAreGone() {
    Document document = bot.add("a.txt");
    LogEntry entry = bot.embed(document.ref(), "one");
    feed().report(vectors, entry.at(), NOW);
    assertThat(feed().completePassed(NOW.plus(IndexFeed.GONE_AFTER).plusSeconds(1))).isZero();
    assertThat(feed().completePassed(NOW.plus(IndexFeed.GONE_AFTER))).isEqualTo(1);
    assertThat(document(document.id()).status()).isEqualTo(DocumentStatus.COMPLETE);
  }

  @Test
  void removesTheVersionThatServedBeforeFromTheIndexes() {
    Document document = bot.add("a.txt");
    bot.complete(document.ref(), "one");
    VersionRef second = bot.addVersion(document.id(), "b.txt");
    bot.complete(second, "uno");

    assertThat(document(document.id()).servingVersion()).isEqualTo(2);
    LogEntry last = feed().after(feed().head() - 1, 1).getFirst();
    assertThat(last.change()).isEqualTo(LogEntry.Change.VERSION_REMOVED);
    assertThat(last.source()).isEqualTo(document.id());
    assertThat(last.version()).isEqualTo(1);
  }

  @Test
  void letsAnOvertakenVersionCompleteWithoutServing() {
    Document document = bot.add("a.txt");
    bot.complete(bot.addVersion(document.id(), "b.txt"), "uno");
    List<ChunkId> late = List.of(bot.complete(document.ref(), "one").getFirst().id());

    assertThat(document(document.id()).servingVersion()).isEqualTo(2);
    assertThat(persistence().chunks().find(bot.scope(), late)).isEmpty();
    assertThat(persistence().chunks().findCited(bot.scope(), late)).hasSize(1);
    LogEntry last = feed().after(feed().head() - 1, 1).getFirst();
    assertThat(last.change()).isEqualTo(LogEntry.Change.VERSION_REMOVED);
    assertThat(last.version()).isEqualTo(1);
  }

  @Test
  void completesEachVersionOnceHoweverManyServersAsk() {
    Document document = bot.add("a.txt");
    LogEntry first = bot.embed(document.ref(), "one");
    LogEntry second = bot.embed(bot.addVersion(document.id(), "b.txt"), "uno");
    feed().report(vectors, second.at(), NOW);

    List<Integer> counts = Together.run(4, () -> feed().completePassed(NOW));

    assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(2);
    assertThat(document(document.id()).servingVersion()).isEqualTo(2);
    assertThat(feed().after(first.position(), 9))
        .extracting(LogEntry::change)
        .containsExactly(LogEntry.Change.VERSION_ADDED, LogEntry.Change.VERSION_REMOVED);
  }
}
