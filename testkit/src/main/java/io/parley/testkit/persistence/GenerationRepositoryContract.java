package io.parley.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.document.ErasureId;
import io.parley.domain.erasure.ErasureReceipt;
import io.parley.domain.erasure.ErasureReceipt.Evidence;
import io.parley.domain.erasure.ErasureReceipt.Place;
import io.parley.domain.erasure.ErasureReceipt.Store;
import io.parley.domain.port.persistence.GenerationRepository;
import io.parley.domain.port.persistence.IndexFeed;
import io.parley.domain.port.persistence.IndexFeed.Follower;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.port.persistence.ReceiptRepository;
import io.parley.domain.retrieval.Generation;
import io.parley.domain.retrieval.Generation.State;
import io.parley.domain.retrieval.GenerationId;
import io.parley.domain.retrieval.LogPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link GenerationRepository} does. Needs a new, empty database for each test. */
public abstract class GenerationRepositoryContract {
  private static final Instant NOW = BotKnowledge.NOW;
  private static final UUID HERE = new UUID(1, 1);
  private static final UUID THERE = new UUID(1, 2);

  /** The database under test, the same during a test. */
  protected abstract Persistence persistence();

  private GenerationRepository generations() {
    return persistence().generations();
  }

  @Test
  void makesTheFirstGenerationExactlyOnce() {
    assertThat(generations().all()).isEmpty();
    AtomicInteger made = new AtomicInteger();

    List<Generation> seen =
        Together.run(
            8,
            () ->
                generations()
                    .servingOrCreate(() -> {
                      made.incrementAndGet();
                      return generation(State.SERVING);
                    }));

    assertThat(made).hasValue(1);
    assertThat(seen.stream().distinct()).hasSize(1);
    assertThat(serving()).isEqualTo(seen.getFirst());
    assertThat(generations().all()).containsExactly(seen.getFirst());
    assertThat(seen.getFirst().model()).isEqualTo(BotKnowledge.MODEL);
    assertThat(seen.getFirst().settings()).containsEntry("index", "one");
  }

  @Test
  void oneIsBuiltAtATime() {
    serving();
    Generation built = built();

    assertThat(generations().build(generation(State.BUILDING))).isFalse();
    assertThat(stateOf(built)).isEqualTo(State.BUILDING);
    assertThat(generations().all()).hasSize(2);
    assertThatThrownBy(() -> generations().build(generation(State.RETIRED)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsBuiltMayBeRetiredAndResumed() {
    Generation serves = serving();
    Generation built = built();

    assertThat(generations().retire(serves.id())).isFalse();
    assertThat(generations().retire(built.id())).isTrue();
    assertThat(generations().retire(built.id())).isFalse();
    assertThat(stateOf(built)).isEqualTo(State.RETIRED);
    assertThat(generations().resume(serves.id())).isFalse();
    assertThat(generations().resume(built.id())).isTrue();
    assertThat(stateOf(built)).isEqualTo(State.BUILDING);
    assertThat(generations().retire(built.id())).isTrue();
    built();
    assertThat(generations().resume(built.id())).as("another one is being built").isFalse();
  }

  @Test
  void servesOnlyOnceItsFollowerDoesAndHasPassed() {
    Generation before = serving();
    Generation built = built();
    Follower follower = follower(built, HERE);

    assertThat(generations().serve(built.id(), 3, NOW)).as("unknown").isFalse();
    report(follower.serving(false), 3, NOW);
    assertThat(generations().serve(built.id(), 3, NOW)).as("not ready").isFalse();
    report(follower, 2, NOW);
    assertThat(generations().serve(built.id(), 3, NOW)).as("behind").isFalse();
    report(follower, 3, NOW.minus(IndexFeed.GONE_AFTER).minusMillis(1));
    assertThat(generations().serve(built.id(), 3, NOW)).as("gone").isFalse();
    report(follower, 3, NOW);
    assertThat(generations().serve(before.id(), 3, NOW)).as("serves already").isFalse();

    assertThat(generations().serve(built.id(), 3, NOW)).isTrue();

    assertThat(stateOf(built)).isEqualTo(State.SERVING);
    assertThat(stateOf(before)).isEqualTo(State.RETIRED);
    assertThat(serving()).isEqualTo(built.in(State.SERVING));
    assertThat(generations().serve(built.id(), 3, NOW)).isFalse();
  }

  @Test
  void everyServerThatLivesMustHaveIt() {
    serving();
    Generation built = built();
    report(words(THERE), 0, NOW);
    report(follower(built, HERE), 3, NOW);

    assertThat(generations().serve(built.id(), 3, NOW)).isFalse();
    report(follower(built, THERE), 3, NOW);
    assertThat(generations().serve(built.id(), 3, NOW)).isTrue();
  }

  @Test
  void oneThatAllShareIsEnoughForEveryServer() {
    serving();
    Generation built = built();
    report(words(HERE), 0, NOW);
    report(words(THERE), 0, NOW);
    report(follower(built, null), 3, NOW);

    assertThat(generations().serve(built.id(), 3, NOW)).isTrue();
  }

  @Test
  void oneSwitchesAtATime() {
    serving();
    Generation built = built();
    report(follower(built, HERE), 0, NOW);

    List<Boolean> switched = Together.run(8, () -> generations().serve(built.id(), 0, NOW));

    assertThat(switched).containsOnlyOnce(true);
  }

  @Test
  void aFollowerOfWhatServesServesWhateverItSays() {
    Generation serves = serving();
    Follower follower = follower(serves, HERE).serving(false);
    Follower shared = new Follower(UUID.randomUUID(), "vectors", false, serves.id(), null);

    report(follower, 1, NOW);
    persistence().indexFeed().take(shared, HERE, Duration.ofMinutes(1), NOW);
    persistence().indexFeed().report(shared, HERE, at(1), NOW);

    assertThat(persistence().indexFeed().standings())
        .hasSize(2)
        .allSatisfy(standing -> {
          assertThat(standing.follower().serving()).isTrue();
          assertThat(standing.follower().generation()).isEqualTo(serves.id());
        });
  }

  @Test
  void removesWhatIsRetiredWithItsFollowers() {
    Generation serves = serving();
    Generation built = built();
    Follower follower = follower(built, HERE);
    assertThat(generations().remove(serves.id(), NOW)).isFalse();
    assertThat(generations().remove(built.id(), NOW)).as("is being built").isFalse();
    generations().retire(built.id());
    report(follower, 1, NOW);
    assertThat(generations().remove(built.id(), NOW)).as("somebody may search in it").isFalse();
    report(follower.serving(false), 1, NOW);

    assertThat(generations().remove(built.id(), NOW)).isTrue();

    assertThat(generations().all()).containsExactly(serves);
    report(follower, 2, NOW);
    assertThat(persistence().indexFeed().take(follower, HERE, Duration.ofMinutes(1), NOW))
        .isFalse();
    assertThat(persistence().indexFeed().standings()).as("nobody waits for it").isEmpty();
    assertThat(generations().remove(built.id(), NOW)).isFalse();
  }

  @Test
  void whatAnErasureWaitedForGoesWithIt() {
    serving();
    Generation built = built();
    generations().retire(built.id());
    BotKnowledge knowledge = BotKnowledge.in(persistence());
    ErasureId id = new ErasureId(UUID.randomUUID());
    ReceiptRepository receipts = persistence().receipts();
    receipts.start(
        knowledge.owner(),
        new ReceiptRepository.NewErasure(
            id, ErasureReceipt.Kind.BOT, knowledge.scope().bot(), null, null),
        NOW);
    Place place = new Place(Store.VECTORS, UUID.randomUUID(), built.id());
    receipts.expect(knowledge.owner(), id, ErasureReceipt.FIRST, place, 3);

    generations().remove(built.id(), NOW);

    assertThat(receipts.find(knowledge.owner(), id).orElseThrow().removals())
        .singleElement()
        .satisfies(removal -> {
          assertThat(removal.evidence()).isEqualTo(Evidence.ACCEPTED);
          assertThat(removal.at()).isEqualTo(NOW);
        });
  }

  @Test
  void theFirstOneIsReplacedWhileNothingWasEverIndexed() {
    Generation first = serving();
    Generation other = generation(State.SERVING);
    report(words(HERE), 0, NOW);

    assertThat(generations().replaceUnused(other, HERE, NOW)).isTrue();
    assertThat(generations().all()).containsExactly(other).doesNotContain(first);

    report(words(THERE), 0, NOW);
    assertThat(generations().replaceUnused(generation(State.SERVING), HERE, NOW))
        .as("another server lives")
        .isFalse();
  }

  @Test
  void theFirstOneStaysOnceThereIsAChunk() {
    serving();
    BotKnowledge knowledge = BotKnowledge.in(persistence());
    knowledge.split(knowledge.add("log.txt").ref(), "one");

    assertThat(generations().replaceUnused(generation(State.SERVING), HERE, NOW)).isFalse();
  }

  @Test
  void oneServerAtATimeFillsIt() {
    Generation serves = serving();
    Duration minute = Duration.ofMinutes(1);

    assertThat(generations().take(serves.id(), HERE, minute, NOW)).isTrue();
    assertThat(generations().take(serves.id(), THERE, minute, NOW)).isFalse();
    assertThat(generations().take(serves.id(), HERE, minute, NOW.plusSeconds(30))).isTrue();
    assertThat(generations().take(serves.id(), THERE, minute, NOW.plusSeconds(60))).isFalse();
    assertThat(generations().take(serves.id(), THERE, minute, NOW.plusSeconds(90))).isTrue();
    assertThat(generations().take(new GenerationId(UUID.randomUUID()), HERE, minute, NOW))
        .isFalse();
  }

  private Generation serving() {
    return generations().servingOrCreate(() -> generation(State.SERVING));
  }

  private Generation built() {
    Generation generation = generation(State.BUILDING);
    assertThat(generations().build(generation)).isTrue();
    return generation;
  }

  private State stateOf(Generation generation) {
    return generations().all().stream()
        .filter(kept -> kept.id().equals(generation.id()))
        .findFirst()
        .orElseThrow()
        .state();
  }

  private static Follower words(UUID server) {
    return new Follower(server, "words", true, null, server);
  }

  private static Follower follower(Generation generation, @Nullable UUID server) {
    UUID id =
        new UUID(
            generation.id().value().getMostSignificantBits(),
            server == null ? 0 : server.getLeastSignificantBits());
    return new Follower(id, "vectors", true, generation.id(), server);
  }

  private void report(Follower follower, long position, Instant seenAt) {
    persistence().indexFeed().report(follower, at(position), seenAt);
  }

  private static LogPosition at(long position) {
    return position == 0 ? LogPosition.START : new LogPosition(position, new UUID(5, position));
  }

  private static Generation generation(State state) {
    return new Generation(
        new GenerationId(UUID.randomUUID()),
        BotKnowledge.MODEL,
        "embedded",
        Map.of("index", "one"),
        state,
        NOW);
  }
}
