package io.parley.application;

import static io.parley.application.MovingBench.LARGE;
import static io.parley.application.MovingBench.SMALL;
import static io.parley.application.MovingBench.move;
import static io.parley.application.MovingBench.serves;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.application.retrieval.MoveKnowledge.Result;
import io.parley.application.retrieval.OpenGenerations;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.persistence.IndexFeed;
import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.Generation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two servers on one database. */
class MoveOnSeveralServersTest {
  private static final int SHIPS = 60;

  private final MovingBench first = new MovingBench();
  private final MovingBench second = first.neighbour();
  private final Queue<String> missing = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean ended = new AtomicBoolean();
  private Parley one;
  private Parley other;

  @AfterEach
  void end() {
    one.close();
    other.close();
  }

  private void start(boolean shared) {
    first.shared = shared;
    second.shared = shared;
    one = first.start();
    other = second.start();
  }

  private Thread asking(MovingBench bench, Parley parley, String name) {
    return Thread.ofVirtual()
        .start(() -> {
          for (int asked = 0; !ended.get(); asked++) {
            if (!bench.finds(parley, asked % SHIPS)) {
              missing.add("ship " + asked % SHIPS + " on " + name);
            }
          }
        });
  }

  @ParameterizedTest(name = "{displayName} shared: {0}")
  @ValueSource(booleans = {false, true})
  void bothAnswerAllTheTimeAndGoOverTogether(boolean shared) throws Exception {
    start(shared);
    first.complete(first.add(one, 0, SHIPS));
    List<Thread> askers =
        List.of(asking(first, one, "the first"), asking(second, other, "the second"));

    move(one, LARGE);
    first.complete(first.add(other, SHIPS, SHIPS + 3));
    Bench.until(() -> serves(one, LARGE) && serves(other, LARGE));
    first.complete(first.add(one, SHIPS + 3, SHIPS + 6));
    assertThat(second.finds(other, SHIPS + 4)).isTrue();
    ended.set(true);
    for (Thread asker : askers) {
      asker.join();
    }

    assertThat(missing).isEmpty();
    int chunks = 2 * (SHIPS + 6);
    assertThat(first.storeOf(LARGE).count()).isEqualTo(chunks);
    assertThat(second.storeOf(LARGE).count()).isEqualTo(chunks);
    assertThat(first.large.passages.get() + second.large.passages.get())
        .as("one of them embeds, but for what comes in just then")
        .isLessThan(chunks + 24);
  }

  /** The other one comes when the work of the one that hangs is taken for over. */
  @Test
  void aServerWhoseModelHangsNoticesTheSwitch() throws Exception {
    first.shared = true;
    second.shared = true;
    second.ahead = Duration.ofSeconds(61);
    one = first.start();
    first.complete(first.add(one, 0, 2));
    CountDownLatch released = moveUntilItHangs();

    other = second.start();
    Bench.until(() -> serves(other, LARGE) && serves(one, LARGE));

    assertThat(released.getCount()).as("it hangs still").isEqualTo(1);
    assertThat(first.finds(one, 1)).isTrue();
    released.countDown();
  }

  @Test
  void aServerThatWasAwayDuringTheSwitchCompletesItsIndexBeforeItAnswers() throws Exception {
    one = first.start();
    first.complete(first.add(one, 0, 6));
    CountDownLatch released = moveUntilItHangs();
    other = second.start();
    Bench.until(() -> hasReadOn(second, LARGE));
    other.close();
    assertThat(second.storeOf(LARGE).count()).as("it read on without embeddings").isZero();
    first.ahead = IndexFeed.GONE_AFTER.plusSeconds(1);
    released.countDown();
    Bench.until(() -> serves(one, LARGE));

    second.ahead = first.ahead;
    other = second.start();
    Bench.until(() -> isAnswered(second, other));

    for (int ship = 0; ship < 6; ship++) {
      assertThat(second.finds(other, ship)).as("ship %d", ship).isTrue();
    }
  }

  private static boolean hasReadOn(MovingBench bench, EmbeddingModel model) {
    long head = bench.bench.database.indexFeed().head();
    return Optional.ofNullable(bench.storeOf(model))
        .flatMap(VectorStore::position)
        .filter(at -> at.position() >= head)
        .isPresent();
  }

  private static boolean isAnswered(MovingBench bench, Parley parley) {
    try {
      bench.finds(parley, 0);
      return true;
    } catch (PortFailure e) {
      return false;
    }
  }

  /** The first server begins to embed, and gets on when the latch is let go. */
  private CountDownLatch moveUntilItHangs() throws InterruptedException {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    first.large.then(vectors -> {
      reached.countDown();
      waitFor(released);
      return vectors;
    });
    move(one, LARGE);
    reached.await();
    return released;
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatOneDropsIsGoneOnTheOtherToo() throws Exception {
    start(false);
    first.complete(first.add(one, 0, 3));
    Generation old = first.generation(SMALL);
    move(one, LARGE);
    Bench.until(() -> serves(one, LARGE) && serves(other, LARGE));

    assertThat(one.moveKnowledge().drop(old.id()))
        .as("somebody may be searching in it for some seconds")
        .isEqualTo(
            new Result.Refused("It served until just now. Try again in some seconds.", true));
    first.ahead = OpenGenerations.NOTICED;
    second.ahead = OpenGenerations.NOTICED;
    Bench.until(() -> one.moveKnowledge().drop(old.id()) instanceof Result.Dropped);

    Bench.until(() -> second.stores.get(old.id()).count() == 0);
    assertThat(second.finds(other, 1)).isTrue();
  }
}
