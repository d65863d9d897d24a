package io.parley.adapter.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.port.PortFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CachingEmbedderTest {
  private static final QueryCacheConfig PLENTY =
      new QueryCacheConfig(100, 1 << 20, Duration.ofMinutes(10));

  private final CountingEmbedder counting = new CountingEmbedder();
  private final AtomicLong nanos = new AtomicLong();
  private final CachingEmbedder cache = cache(PLENTY);

  private CachingEmbedder cache(QueryCacheConfig config) {
    return new CachingEmbedder(counting, config, nanos::get);
  }

  /** Threads that ask the same; all of them wait when this returns. */
  private List<CompletableFuture<float[]>> asking(int threads) throws InterruptedException {
    counting.holdUp();
    List<CompletableFuture<float[]>> answers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      CompletableFuture<float[]> answer = new CompletableFuture<>();
      Thread thread = Thread.ofPlatform().start(() -> ask(answer));
      counting.awaitQuery();
      while (thread.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      answers.add(answer);
    }
    return answers;
  }

  private void ask(CompletableFuture<float[]> answer) {
    try {
      answer.complete(cache.embedQuery("ferry"));
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  @Test
  void asksOnceForTheSameQuery() {
    float[] first = cache.embedQuery("ferry");
    assertThat(cache.embedQuery("ferry")).isEqualTo(first);
    cache.embedQuery("Ferry");
    assertThat(counting.queries()).isEqualTo(2);
  }

  @Test
  void asksOnceHoweverManyAskAtTheSameTime() throws InterruptedException {
    List<CompletableFuture<float[]>> answers = asking(8);

    counting.letGo();

    float[] right = answers.getFirst().join();
    assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(right));
    assertThat(counting.queries()).isEqualTo(1);
  }

  @Test
  void givesAFailureToAllWhoWaitAndForgetsIt() throws InterruptedException {
    PortFailure failure = new PortFailure(PortFailure.Kind.TIMEOUT, "model", "Too slow.", null);
    List<CompletableFuture<float[]>> answers = asking(4);
    counting.failWith(failure);

    counting.letGo();

    for (CompletableFuture<float[]> answer : answers) {
      assertThatThrownBy(answer::join).isInstanceOf(CompletionException.class).hasCause(failure);
    }
    counting.failWith(null);
    assertThat(cache.embedQuery("ferry")).hasSize(CountingEmbedder.DIMENSION);
    assertThat(counting.queries()).isEqualTo(2);
  }

  @Test
  void givesEveryCallerAnArrayOfItsOwn() throws InterruptedException {
    List<CompletableFuture<float[]>> answers = asking(2);
    counting.letGo();
    float[] right = answers.get(0).join().clone();

    Arrays.fill(answers.get(0).join(), 7);
    assertThat(answers.get(1).join()).isEqualTo(right);
    Arrays.fill(answers.get(1).join(), 8);
    Arrays.fill(cache.embedQuery("ferry"), 9);

    assertThat(cache.embedQuery("ferry")).isEqualTo(right);
  }

  @Test
  void remembersAsManyQueriesAsItMay() {
    CachingEmbedder small = cache(new QueryCacheConfig(3, 1 << 20, Duration.ofMinutes(10)));
    for (int i = 0; i < 50; i++) {
      small.embedQuery("query " + i);
    }
    assertThat(small.size()).isEqualTo(3);
  }

  @Test
  void remembersAsManyBytesAsItMay() {
    int vector = CountingEmbedder.DIMENSION * Float.BYTES;
    CachingEmbedder small =
        cache(new QueryCacheConfig(1_000, 10L * vector, Duration.ofMinutes(10)));
    for (int i = 0; i < 50; i++) {
      small.embedQuery("query " + i);
    }
    assertThat(small.size()).isBetween(1L, 9L);

    small.embedQuery("long ".repeat(3 * vector));
    assertThat(small.size()).isLessThanOrEqualTo(9);
  }

  @Test
  void forgetsAQueryWhenItsTimeIsOver() {
    cache.embedQuery("ferry");
    nanos.addAndGet(Duration.ofMinutes(10).toNanos() - 1);
    cache.embedQuery("ferry");
    assertThat(counting.queries()).isEqualTo(1);

    nanos.addAndGet(1);
    cache.embedQuery("ferry");
    assertThat(counting.queries()).isEqualTo(2);
  }

  @Test
  void letsPassagesThrough() {
    assertThat(cache.embedPassages(List.of("ferry", "bread"))).hasSize(2);
    assertThat(cache.size()).isZero();
  }

  @Test
  void closesWhatItStandsBefore() {
    cache.embedQuery("ferry");
    cache.close();
    assertThat(counting.isClosed()).isTrue();
    assertThat(cache.size()).isZero();
  }

  @Test
  void refusesACacheWithoutRoom() {
    Duration hour = Duration.ofHours(1);
    assertThatIllegalArgumentException().isThrownBy(() -> new QueryCacheConfig(0, 9, hour));
    assertThatIllegalArgumentException().isThrownBy(() -> new QueryCacheConfig(9, 8, hour));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new QueryCacheConfig(9, 9, Duration.ZERO));
  }
}
