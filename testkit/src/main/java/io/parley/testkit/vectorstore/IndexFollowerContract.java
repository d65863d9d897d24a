package io.parley.testkit.vectorstore;

import static io.parley.testkit.vectorstore.SampleChunks.attributes;
import static io.parley.testkit.vectorstore.SampleChunks.newVersion;
import static io.parley.testkit.vectorstore.SampleChunks.position;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.account.TenantId;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.Portion;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.port.vectorstore.IndexFollower;
import io.parley.domain.retrieval.ChunkAttributes;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.LogPosition;
import io.parley.domain.retrieval.ScoredChunk;
import io.parley.testkit.Scopes;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every index does that follows the log.
 *
 * @param <C> what it holds of a chunk
 * @param <I> the port
 */
public abstract class IndexFollowerContract<C, I extends IndexFollower<C>> {

  /** The bot that most samples belong to. */
  protected final BotScope scope = Scopes.fresh();

  /** The index under test; empty before each test. */
  @SuppressWarnings("NullAway.Init") // set before each test
  protected I index;

  /** Opens an empty index. It is closed after the test. */
  protected abstract I openEmpty() throws Exception;

  /** A chunk that {@link #search} finds. */
  protected abstract C chunk(ChunkAttributes attributes, int ordinal);

  /** Searches for what all chunks have. */
  protected abstract List<ScoredChunk> search(BotScope scope, int limit, Filter filter);

  @BeforeEach
  final void open() throws Exception {
    index = openEmpty();
  }

  @AfterEach
  final void close() {
    index.close();
  }

  /** Adds chunks and moves to the position. */
  protected final void add(long upTo, List<C> chunks) {
    index.apply(List.of(new IndexChange.Add<>(chunks)), position(upTo));
  }

  /** So many chunks of a version of the scope's bot. */
  protected final List<C> chunks(VersionRef ref, int count) {
    ChunkAttributes attributes = attributes(scope, ref);
    return IntStream.range(0, count).mapToObj(ordinal -> chunk(attributes, ordinal)).toList();
  }

  /** Everything of the scope's bot that passes. */
  protected final List<ChunkId> found(Filter filter) {
    return search(scope, 1_000, filter).stream().map(ScoredChunk::id).toList();
  }

  private List<ChunkId> found() {
    return found(Filter.NONE);
  }

  private static List<ChunkId> ids(VersionRef ref, int count) {
    return IntStream.range(0, count).mapToObj(ordinal -> ChunkId.of(ref, ordinal)).toList();
  }

  private void assertPosition(LogPosition expected) {
    index.position().ifPresent(position -> assertThat(position).isEqualTo(expected));
  }

  @Test
  void anEmptyIndexIsAtTheStartAndFindsNothing() {
    assertPosition(LogPosition.START);
    assertThat(index.count()).isZero();
    assertThat(found()).isEmpty();
    assertThat(index.chunksOf(newVersion().source())).isEmpty();
  }

  @Test
  void whatIsAppliedIsFoundAndCounted() {
    VersionRef ref = newVersion();

    add(7, chunks(ref, 3));

    assertPosition(position(7));
    assertThat(index.count()).isEqualTo(3);
    assertThat(found()).containsExactlyInAnyOrderElementsOf(ids(ref, 3));
    assertThat(index.chunksOf(ref.source())).containsExactlyInAnyOrderElementsOf(ids(ref, 3));
  }

  @Test
  void nothingToDoStillMovesThePosition() {
    index.apply(List.of(), position(9));

    assertPosition(position(9));
  }

  @Test
  void anIndexOfOneServersOwnKeepsItsPosition() {
    assertThat(index.shared() || index.position().isPresent()).isTrue();

    add(3, chunks(newVersion(), 1));

    assertThat(index.shared() || index.position().isPresent()).isTrue();
  }

  @Test
  void applyingAgainLeavesTheSameIndex() {
    VersionRef ref = newVersion();
    VersionRef other = newVersion();
    List<IndexChange<C>> changes =
        List.of(
            new IndexChange.Add<>(chunks(ref, 4)),
            new IndexChange.Add<>(chunks(other, 2)),
            new IndexChange.RemoveVersion<>(other));

    index.apply(changes.subList(0, 2), position(2));
    index.apply(changes, position(3));
    index.apply(changes, position(3));

    assertThat(index.count()).isEqualTo(4);
    assertThat(found()).containsExactlyInAnyOrderElementsOf(ids(ref, 4));
    assertPosition(position(3));
  }

  @Test
  void aChunkWithTheSameIdIsReplacedEvenInOneBatch() {
    VersionRef ref = newVersion();
    BotScope neighbour = Scopes.neighbourOf(scope);
    C before = chunk(attributes(neighbour, ref), 0);
    C after = chunk(attributes(scope, ref), 0);

    add(1, List.of(before, after));

    assertThat(index.count()).isEqualTo(1);
    assertThat(found()).containsExactly(ChunkId.of(ref, 0));
    assertThat(search(neighbour, 10, Filter.NONE)).isEmpty();
  }

  @Test
  void changesApplyInTheirOrder() {
    VersionRef ref = newVersion();

    index.apply(
        List.of(
            new IndexChange.Add<>(chunks(ref, 5)),
            new IndexChange.RemoveSource<>(ref.source()),
            new IndexChange.Add<>(chunks(ref, 2))),
        position(3));

    assertThat(found()).containsExactlyInAnyOrderElementsOf(ids(ref, 2));
  }

  @Test
  void removingAVersionLeavesTheOthers() {
    VersionRef first = newVersion();
    VersionRef second = new VersionRef(first.source(), 2);
    add(1, chunks(first, 3));
    add(2, chunks(second, 2));

    index.apply(List.of(new IndexChange.RemoveVersion<>(first)), position(3));

    assertThat(found()).containsExactlyInAnyOrderElementsOf(ids(second, 2));
    assertThat(index.chunksOf(first.source())).containsExactlyInAnyOrderElementsOf(ids(second, 2));
    assertThat(index.count()).isEqualTo(2);
  }

  @Test
  void removingASourceTakesAllItsVersionsAndNothingElse() {
    VersionRef first = newVersion();
    VersionRef other = newVersion();
    add(1, chunks(first, 3));
    add(2, chunks(new VersionRef(first.source(), 2), 3));
    add(3, chunks(other, 1));

    index.apply(List.of(new IndexChange.RemoveSource<>(first.source())), position(4));

    assertThat(index.chunksOf(first.source())).isEmpty();
    assertThat(found()).containsExactlyInAnyOrderElementsOf(ids(other, 1));
    assertThat(index.count()).isEqualTo(1);
  }

  @Test
  void removingWhatIsNotThereChangesNothing() {
    VersionRef ref = newVersion();
    add(1, chunks(ref, 1));
    VersionRef unknown = newVersion();

    index.apply(
        List.of(
            new IndexChange.RemoveVersion<>(unknown),
            new IndexChange.RemoveSource<>(unknown.source())),
        position(2));

    assertThat(index.count()).isEqualTo(1);
    assertPosition(position(2));
  }

  @Test
  void startingOverForgetsEverything() {
    add(5, chunks(newVersion(), 3));

    index.startOver();

    assertPosition(LogPosition.START);
    assertThat(index.count()).isZero();
    assertThat(found()).isEmpty();
  }

  @Test
  void purgingLeavesWhatIsThereAndEnds() throws InterruptedException {
    VersionRef gone = newVersion();
    VersionRef kept = newVersion();
    add(1, chunks(gone, 3));
    add(2, chunks(kept, 2));
    index.apply(List.of(new IndexChange.RemoveSource<>(gone.source())), position(3));

    for (int tries = 0; !index.purge(); tries++) {
      assertThat(tries).as("a purge that ends").isLessThan(1_000);
      Thread.sleep(10);
    }

    assertThat(found()).containsExactlyInAnyOrderElementsOf(ids(kept, 2));
    assertThat(index.chunksOf(gone.source())).isEmpty();
    assertThat(index.count()).isEqualTo(2);
    assertPosition(position(3));
    assertThat(index.purge()).isTrue();
  }

  @Test
  void anotherBotOrTenantFindsNothing() {
    add(1, chunks(newVersion(), 3));
    BotScope sameBotElsewhere =
        Scopes.owned(new TenantId(UUID.randomUUID()), scope.owner(), scope.bot());

    assertThat(search(Scopes.neighbourOf(scope), 10, Filter.NONE)).isEmpty();
    assertThat(search(sameBotElsewhere, 10, Filter.NONE)).isEmpty();
    assertThat(search(Scopes.fresh(), 10, new Filter.Not(new Filter.Any(List.of())))).isEmpty();
  }

  @Test
  void aScopeThatMayNotAskIsRefused() {
    BotScope mayRead = Scopes.withOnly(scope, Permission.READ);

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> search(mayRead, 10, Filter.NONE));
  }

  @Test
  void aScopeThatMayAskIsEnough() {
    add(1, chunks(newVersion(), 1));

    assertThat(search(Scopes.withOnly(scope, Permission.ASK), 10, Filter.NONE)).hasSize(1);
  }

  @Test
  void limitsOutsideOfOneToAThousandAreRefused() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> search(scope, 0, Filter.NONE));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> search(scope, 1_001, Filter.NONE));
  }

  @Test
  void fewerThanTheLimitAreFoundOnlyWhenThereAreNoMore() {
    for (int source = 0; source < 4; source++) {
      add(source + 1, chunks(newVersion(), 300));
    }

    assertThat(search(scope, 1, Filter.NONE)).hasSize(1);
    assertThat(search(scope, 999, Filter.NONE)).hasSize(999);
    assertThat(search(scope, 1_000, Filter.NONE))
        .hasSize(1_000)
        .isSortedAccordingTo(ScoredChunk.BEST_FIRST)
        .doesNotHaveDuplicates();
  }

  private List<ChunkId> listed(int limit) {
    Portion<ChunkId> some = index.chunks(null, limit);
    List<ChunkId> all = new ArrayList<>(some.items());
    while (some.next() != null) {
      some = index.chunks(some.next(), limit);
      all.addAll(some.items());
    }
    return all;
  }

  @Test
  void everyHeldChunkIsListedOnceHoweverSmallThePortions() {
    VersionRef ref = newVersion();
    VersionRef gone = newVersion();
    VersionRef foreign = newVersion();
    add(1, chunks(ref, 5));
    add(2, chunks(gone, 3));
    add(3, chunks(ref, 7));
    add(4, List.of(chunk(attributes(Scopes.fresh(), foreign), 0)));
    index.apply(List.of(new IndexChange.RemoveSource<>(gone.source())), position(5));
    List<ChunkId> expected = new ArrayList<>(ids(ref, 7));
    expected.addAll(ids(foreign, 1));

    for (int limit : new int[] {1, 2, 7, 8, 1_000}) {
      assertThat(listed(limit)).containsExactlyInAnyOrderElementsOf(expected);
    }
    index.startOver();
    assertThat(listed(10)).isEmpty();
  }

  @Test
  void saysWhichChunksItHolds() {
    VersionRef ref = newVersion();
    add(1, chunks(ref, 3));
    add(2, chunks(ref, 3));

    assertThat(index.held(ids(ref, 5)))
        .isEqualTo(ids(ref, 3).stream().collect(Collectors.toMap(id -> id, id -> 1)));
    assertThat(index.held(List.of())).isEmpty();
  }

  @Test
  void singleChunksGo() {
    VersionRef ref = newVersion();
    add(1, chunks(ref, 3));

    index.apply(
        List.of(
            new IndexChange.RemoveChunks<>(
                List.of(ChunkId.of(ref, 1), ChunkId.of(newVersion(), 0)))),
        position(1));

    assertThat(found()).containsExactlyInAnyOrder(ChunkId.of(ref, 0), ChunkId.of(ref, 2));
    assertThat(index.held(ids(ref, 3))).doesNotContainKey(ChunkId.of(ref, 1));
    assertPosition(position(1));
  }

  @Test
  void anIndexThatNobodyHasTouchedIsSound() {
    assertThat(index.verify()).isTrue();
    add(1, chunks(newVersion(), 3));
    assertThat(index.verify()).isTrue();
  }
}
