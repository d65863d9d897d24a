package io.parley.adapter.ai.remote;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a vendor's models are called. Its client is made with the first call; it keeps connections,
 * speaks HTTP/1.1 and follows no redirect, since that would hand the key on. Safe for use by many
 * threads.
 */
public final class ModelEndpoint implements AutoCloseable {
  private static final int MOST_BYTES = 64 << 20;
  private static final int MOST_ERROR_BYTES = 64 << 10;
  private static final int FAILURES_IN_A_ROW = 6;
  private static final Duration REST = Duration.ofSeconds(15);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final long LOOK_MILLIS = 50;

  private final Vendor vendor;
  private final URI base;
  private final Map<String, String> headers;
  private final CallLimits limits;
  private final CircuitBreaker breaker;
  private volatile boolean closed;
  private @Nullable HttpClient client;

  /**
   * @param base what paths are appended to
   * @param headers sent with each call, the key among them
   */
  public ModelEndpoint(Vendor vendor, URI base, Map<String, String> headers, CallLimits limits) {
    this.vendor = vendor;
    this.base = base;
    this.headers = Map.copyOf(headers);
    this.limits = limits;
    this.breaker = new CircuitBreaker(vendor.name(), FAILURES_IN_A_ROW, REST, System::nanoTime);
  }

  Vendor vendor() {
    return vendor;
  }

  /**
   * Sends JSON and returns what comes back with success, after retries where the vendor is not
   * available or asks to wait.
   *
   * @param path begins with a slash
   * @throws PortFailure when there is no success
   */
  public byte[] post(String path, byte[] json) {
    BooleanSupplier never = () -> false;
    return call(
        () -> true,
        never,
        deadline -> {
          try (LiveCall call = open(base + path, Map.of(), json, deadline, never)) {
            return call.body(MOST_BYTES);
          }
        });
  }

  /**
   * Does something in as many attempts as the limits allow.
   *
   * @param mayRetry asked after a failure
   */
  <T> T call(BooleanSupplier mayRetry, BooleanSupplier cancelled, Function<Deadline, T> attempt) {
    Deadline deadline = Deadline.after(limits.total());
    for (int failures = 0; ; failures++) {
      requireOpen();
      breaker.requireClosed(); // out of the try: whoever is refused here is not to wait
      try {
        return attempted(attempt, deadline);
      } catch (PortFailure failure) {
        Duration pause = pause(failures, failure);
        if (failures >= limits.retries()
            || !isWorthRetrying(failure)
            || !mayRetry.getAsBoolean()
            || pause.compareTo(limits.longestPause()) > 0
            || pause.toNanos() >= deadline.left()) {
          throw failure;
        }
        sleep(pause, cancelled);
      }
    }
  }

  private <T> T attempted(Function<Deadline, T> attempt, Deadline deadline) {
    try {
      T result = attempt.apply(deadline);
      breaker.succeeded();
      return result;
    } catch (PortFailure failure) {
      breaker.failed(failure);
      throw failure;
    }
  }

  /** One that did not answer in time would only be kept busier. */
  private static boolean isWorthRetrying(PortFailure failure) {
    return switch (failure.kind()) {
      case UNAVAILABLE, RATE_LIMITED -> true;
      case TIMEOUT, CREDENTIALS_REJECTED, INVALID_CONFIGURATION, CORRUPT_DATA, STORAGE_FULL ->
          false;
    };
  }

  /** Doubles, by chance down to its half, so that callers who failed together part. */
  private static Duration pause(int failures, PortFailure failure) {
    Duration doubled = FIRST_PAUSE.multipliedBy(1L << failures);
    long jitter = ThreadLocalRandom.current().nextLong(doubled.toMillis() / 2 + 1);
    return failure
        .retryAfter()
        .map(asked -> asked.plusMillis(jitter))
        .orElse(doubled.minusMillis(jitter));
  }

  private void sleep(Duration pause, BooleanSupplier cancelled) {
    Deadline end = Deadline.after(pause);
    while (!end.passed()) {
      if (cancelled.getAsBoolean()) {
        throw new CallCancelled();
      }
      try {
        Thread.sleep(Math.min(LOOK_MILLIS, end.left() / 1_000_000 + 1));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw unavailable(" was not waited for: the program is stopping.");
      }
    }
  }

  /**
   * Sends a request; the caller reads the answer and closes it.
   *
   * @param more headers beside the endpoint's own
   * @throws PortFailure also when the answer is no success
   */
  LiveCall open(
      String url,
      Map<String, String> more,
      byte[] body,
      Deadline deadline,
      BooleanSupplier cancelled) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    headers.forEach(request::setHeader);
    more.forEach(request::setHeader);
    LiveCall call =
        new LiveCall(client(), request.build(), vendor.name(), limits, deadline, cancelled);
    if (call.response().statusCode() / 100 == 2) {
      return call;
    }
    try (call) {
      throw refusal(call);
    }
  }

  private PortFailure refusal(LiveCall call) {
    HttpResponse<?> response = call.response();
    Duration retryAfter =
        response
            .headers()
            .firstValue("Retry-After")
            .map(value -> RetryAfter.parse(value, InstantSource.system()))
            .orElse(null);
    return vendor.refusal(
        response.statusCode(), retryAfter, JsonText.objectOrEmpty(errorBody(call)));
  }

  /** The status says enough when the words that go with it do not come. */
  private static String errorBody(LiveCall call) {
    try {
      return new String(call.body(MOST_ERROR_BYTES), StandardCharsets.UTF_8);
    } catch (PortFailure e) {
      return "";
    }
  }

  private synchronized HttpClient client() {
    requireOpen();
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(limits.connect())
              .executor(work -> Thread.ofVirtual().name("parley-model-call").start(work))
              .build();
    }
    return client;
  }

  void requireOpen() {
    if (closed) {
      throw unavailable(" is closed.");
    }
  }

  private PortFailure unavailable(String what) {
    return new PortFailure(Kind.UNAVAILABLE, vendor.name(), vendor.name() + what, null);
  }

  /** Ends calls that run. May be called again. */
  @Override
  public synchronized void close() {
    closed = true;
    if (client != null) {
      client.shutdownNow();
    }
  }
}
