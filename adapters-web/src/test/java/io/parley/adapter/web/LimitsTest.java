package io.parley.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.storage.RateDecision;
import io.parley.domain.port.storage.RateLimit;
import io.parley.domain.port.storage.RateLimiter;
import java.net.http.HttpResponse;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** How often somebody may ask. */
final class LimitsTest {
  private static WebConfig config(int requests, int logIns) {
    WebConfig config = FakeParley.config();
    return config.withLimits(config.limits().withRates(requests, logIns));
  }

  @Test
  void aCallerWhoAsksTooOftenIsToldWhenToComeBack() {
    try (WebServer server = new FakeParley().open(config(5, 10));
        Http http = new Http(server)) {
      String token = http.signUp("eager");
      HttpResponse<String> first = http.get("/api/v1/auth/me", token);
      assertThat(first.headers().firstValue("RateLimit-Limit")).hasValue("5");
      assertThat(first.headers().firstValue("RateLimit-Remaining")).hasValue("4");
      assertThat(first.headers().firstValue("RateLimit-Reset")).isPresent();
      HttpResponse<String> last = first;
      for (int i = 0; i < 6; i++) {
        last = http.get("/api/v1/auth/me", token);
      }
      assertThat(last.statusCode()).isEqualTo(429);
      assertThat(last.headers().firstValue("Retry-After").orElseThrow()).matches("[1-9][0-9]*");
      assertThat(last.headers().firstValue("RateLimit-Remaining")).hasValue("0");
      assertThat(http.get("/health", null).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void badTokensCountForTheirAddress() {
    try (WebServer server = new FakeParley().open(config(5, 10));
        Http http = new Http(server)) {
      for (int i = 0; i < 5; i++) {
        assertThat(http.get("/api/v1/auth/me", "forged").statusCode()).isEqualTo(401);
      }
      HttpResponse<String> refused = http.get("/api/v1/auth/me", "forged");
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
      assertThat(refused.headers().firstValue("Retry-After").orElseThrow()).matches("[1-9][0-9]*");
    }
  }

  @Test
  void nameAndEmailAreOneAccountToALimit() {
    try (WebServer server = new FakeParley().open(config(0, 3));
        Http http = new Http(server)) {
      http.signUp("target");
      assertThat(http.logIn("target", "guess").statusCode()).isEqualTo(401);
      assertThat(http.logIn("target@example.com", "guess").statusCode()).isEqualTo(401);
      assertThat(http.logIn("Target", "guess").statusCode()).isEqualTo(401);
      assertThat(http.logIn("TARGET@example.com", "guess").statusCode()).isEqualTo(429);
    }
  }

  @Test
  void guessingThePasswordThatIsToBeChangedIsLimitedLikeLogIns() {
    try (WebServer server = new FakeParley().open(config(0, 3));
        Http http = new Http(server)) {
      String token = http.signUp("target");
      String guess = "{\"current_password\":\"a guess\",\"new_password\":\"next horse\"}";
      for (int i = 0; i < 3; i++) {
        assertThat(http.json("PUT", "/api/v1/auth/password", token, guess).statusCode())
            .isEqualTo(422);
      }
      assertThat(http.json("PUT", "/api/v1/auth/password", token, guess).statusCode())
          .isEqualTo(429);
      assertThat(http.logIn("target", "guess").statusCode()).isEqualTo(429);
    }
  }

  @Test
  void whereCountingWaitsForTheNetworkNoEventLoopWaits() {
    FakeParley parley = new FakeParley();
    WaitingLimiter limiter = new WaitingLimiter(parley.rateLimiter);
    parley.rateLimiter = limiter;
    try (WebServer server = parley.open(config(5, 3));
        Http http = new Http(server)) {
      String token = http.signUp("eager");
      HttpResponse<String> first = http.get("/api/v1/auth/me", token);
      assertThat(first.headers().firstValue("RateLimit-Remaining")).hasValue("4");
      HttpResponse<String> last = first;
      for (int i = 0; i < 5; i++) {
        last = http.get("/api/v1/auth/me", token);
      }
      assertThat(last.statusCode()).isEqualTo(429);
      assertThat(last.headers().firstValue("Retry-After").orElseThrow()).matches("[1-9][0-9]*");
      assertThat(last.headers().firstValue("RateLimit-Remaining")).hasValue("0");
      assertThat(http.get("/docs", null).statusCode()).isLessThan(400);
      http.get("/api/v1/auth/me", "forged");
      http.logIn("eager", "guess");
    }
    assertThat(limiter.threads).hasSizeGreaterThan(8).allMatch(Thread::isVirtual);
  }

  /** As one in Redis. */
  private record WaitingLimiter(RateLimiter inner, Queue<Thread> threads) implements RateLimiter {
    WaitingLimiter(RateLimiter inner) {
      this(inner, new ConcurrentLinkedQueue<>());
    }

    @Override
    public RateDecision take(RateLimit limit, String caller) {
      threads.add(Thread.currentThread());
      return inner.take(limit, caller);
    }

    @Override
    public void giveBack(RateLimit limit, String caller) {
      threads.add(Thread.currentThread());
      inner.giveBack(limit, caller);
    }

    @Override
    public void forget(RateLimit limit, String caller) {
      inner.forget(limit, caller);
    }

    @Override
    public boolean shared() {
      return true;
    }
  }

  @Test
  void zeroIsNoLimit() {
    try (WebServer server = new FakeParley().open(config(0, 10));
        Http http = new Http(server)) {
      HttpResponse<String> response = http.get("/openapi.json", null);
      assertThat(response.headers().firstValue("RateLimit-Limit")).isEmpty();
    }
  }

  @Test
  void onlyFailedLogInsCountAndOnlyForTheirAccount() {
    try (WebServer server = new FakeParley().open(config(0, 3));
        Http http = new Http(server)) {
      http.signUp("target");
      for (int i = 0; i < 6; i++) {
        assertThat(http.logIn("target", "correct horse").statusCode()).isEqualTo(200);
      }
      for (int i = 0; i < 3; i++) {
        assertThat(http.logIn("TARGET", "guess " + i).statusCode()).isEqualTo(401);
      }
      HttpResponse<String> refused = http.logIn("target", "guess again");
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(http.logIn("another", "guess").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void passwordsThatCouldNotBeComparedDoNotCount() {
    FakeParley parley = new FakeParley();
    try (WebServer server = parley.open(config(0, 3));
        Http http = new Http(server)) {
      http.signUp("target");
      parley.databaseDown =
          new PortFailure(PortFailure.Kind.UNAVAILABLE, "PostgreSQL", "It is away.", null);
      for (int i = 0; i < 100; i++) { // more than one address may guess
        assertThat(http.logIn("target", "correct horse").statusCode()).isEqualTo(503);
      }
      parley.databaseDown = null;
      assertThat(http.logIn("target", "correct horse").statusCode()).isEqualTo(200);
    }
  }
}
