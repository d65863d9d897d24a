package io.parley.adapter.storage.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.storage.Cache;
import io.parley.domain.port.storage.CacheSpace;
import io.parley.testkit.ai.HashingEmbedder;
import io.parley.testkit.storage.InMemoryCache;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CachingEmbedderTest {
  private final CountingEmbedder counting = new CountingEmbedder();
  private Instant now = Instant.parse("2026-11-21T08:00:00Z");
  private final InMemoryCache kept = new InMemoryCache(() -> now);
  private CachingEmbedder cache = CachingEmbedder.open(counting, kept);

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
  void forgetsAQueryWhenItsTimeIsOver() {
    cache.embedQuery("ferry");
    now = now.plus(Duration.ofHours(1)).minusNanos(1);
    cache.embedQuery("ferry");
    assertThat(counting.queries()).isEqualTo(1);

    now = now.plusNanos(1);
    cache.embedQuery("ferry");
    assertThat(counting.queries()).isEqualTo(2);
  }

  @Test
  void letsPassagesThrough() {
    assertThat(cache.embedPassages(List.of("ferry", "bread"))).hasSize(2);
    assertThat(kept.size()).isZero();
  }

  @Test
  void closesWhatItStandsBefore() {
    cache.embedQuery("ferry");
    cache.close();
    assertThat(counting.isClosed()).isTrue();
  }

  @Test
  void sharesACacheWithAnotherModelAndWithAnotherProcess() {
    float[] first = cache.embedQuery("ferry");
    CountingEmbedder elsewhere = new CountingEmbedder();
    assertThat(CachingEmbedder.open(elsewhere, kept).embedQuery("ferry")).isEqualTo(first);
    assertThat(elsewhere.queries()).isZero();

    try (HashingEmbedder other = new HashingEmbedder(CountingEmbedder.DIMENSION * 2)) {
      assertThat(CachingEmbedder.open(other, kept).embedQuery("ferry"))
          .hasSize(CountingEmbedder.DIMENSION * 2);
    }
  }

  @Test
  void asksAgainWhenWhatIsKeptCanBeNoVector() {
    float[] right = cache.embedQuery("ferry");
    int size = CountingEmbedder.DIMENSION * Float.BYTES;
    byte[] noNumbers = new byte[size];
    Arrays.fill(noNumbers, (byte) 0xff);
    byte[] nothing = new byte[size];
    byte[] halved = new KeptVector(counting.model()).write(right);
    for (int i = 3; i < size; i += Float.BYTES) {
      halved[i] = 0;
    }
    List<byte[]> damaged =
        List.of(new byte[0], new byte[size - 1], new byte[size + 4], noNumbers, nothing, halved);

    for (byte[] value : damaged) {
      kept.put(CachingEmbedder.QUERIES, new KeptVector(counting.model()).key("ferry"), value);
      assertThat(cache.embedQuery("ferry")).isEqualTo(right);
    }
    assertThat(counting.queries()).isEqualTo(1 + damaged.size());
  }

  @Test
  void asksASharedCacheOnceForAllWhoAskAtTheSameTime() throws InterruptedException {
    CountedGets gets = new CountedGets(kept);
    cache = CachingEmbedder.open(counting, gets);
    List<CompletableFuture<float[]>> answers = asking(8);

    counting.letGo();

    float[] right = answers.getFirst().join();
    assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(right));
    assertThat(gets.count.get()).isEqualTo(1);
  }

  /** As one over the network. */
  private record CountedGets(Cache inner, AtomicInteger count) implements Cache {
    CountedGets(Cache inner) {
      this(inner, new AtomicInteger());
    }

    @Override
    public Optional<byte[]> get(CacheSpace space, String key) {
      count.incrementAndGet();
      return inner.get(space, key);
    }

    @Override
    public void put(CacheSpace space, String key, byte[] value) {
      inner.put(space, key, value);
    }

    @Override
    public void remove(CacheSpace space, String key) {
      inner.remove(space, key);
    }

    @Override
    public boolean shared() {
      return true;
    }
  }
}
