package io.parley.adapter.vectorstore.remote;

import io.parley.domain.port.PortFailure;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/** Tries a call again, after a while, as long as that may help. */
public final class Attempts {
  private final Patience patience;
  private final Function<Exception, PortFailure> translate;

  /** One attempt. */
  @FunctionalInterface
  public interface Call<T> {
    T make() throws Exception;
  }

  /**
   * @param translate what the client throws, in our words
   */
  public Attempts(Patience patience, Function<Exception, PortFailure> translate) {
    this.patience = patience;
    this.translate = translate;
  }

  /**
   * The answer of the first attempt that has one, unless the breaker lets nobody through.
   *
   * @throws PortFailure of the last attempt
   */
  public <T> T of(Breaker breaker, Call<T> call) {
    breaker.require();
    try {
      T answer = of(call);
      breaker.ended(true);
      return answer;
    } catch (PortFailure e) {
      breaker.ended(!e.retryable());
      throw e;
    }
  }

  /**
   * The answer of the first attempt that has one.
   *
   * @throws PortFailure of the last attempt
   */
  public <T> T of(Call<T> call) {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.make();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw translate.apply(e);
      } catch (Exception e) {
        PortFailure failure = e instanceof PortFailure known ? known : translate.apply(e);
        if (!failure.retryable() || attempt >= patience.attempts()) {
          throw failure;
        }
        pause(attempt, failure);
      }
    }
  }

  private void pause(int attempt, PortFailure failure) {
    try {
      Thread.sleep(pauseAfter(attempt, failure));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }

  /** Anything up to the doubled pause, so that servers do not come back together. */
  private Duration pauseAfter(int attempt, PortFailure failure) {
    long most = patience.firstPause().toMillis() << Math.min(attempt - 1, 20);
    long some = ThreadLocalRandom.current().nextLong(1, Math.max(2, most + 1));
    long asked = failure.retryAfter().map(Duration::toMillis).orElse(0L);
    return Duration.ofMillis(Math.min(patience.longestPause().toMillis(), asked + some));
  }
}
