package io.parley.adapter.ai.remote;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Where a vendor's models are called. Its client is made with the first call; it keeps connections,
 * speaks HTTP/1.1 and follows no redirect, since that would hand the key on. Safe for use by many
 * threads.
 */
public final class ModelEndpoint implements AutoCloseable {
  private static final int MOST_BYTES = 64 << 20;
  private static final int MOST_ERROR_BYTES = 64 << 10;

  private final Vendor vendor;
  private final URI base;
  private final Map<String, String> headers;
  private final CallLimits limits;
  private final RetryingCalls calls;
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
    this.calls = new RetryingCalls(vendor.name(), limits);
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
    return post(path, SentContent.json(json), status -> false).body();
  }

  /**
   * Sends something and returns what comes back, after retries as above.
   *
   * @param path begins with a slash
   * @param wanted the statuses beside those of success that the caller looks at
   * @throws PortFailure when the status is another
   */
  public Answer post(String path, SentContent content, IntPredicate wanted) {
    return call(
        content::mayBeSentAgain,
        ModelEndpoint::never,
        deadline -> attempt(path, content, wanted, deadline));
  }

  private static boolean never() {
    return false;
  }

  private Answer attempt(String path, SentContent content, IntPredicate wanted, Deadline deadline) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", content.mediaType())
            .POST(content.publisher());
    headers.forEach(request::setHeader);
    try (LiveCall call = start(request, deadline, ModelEndpoint::never)) {
      int status = call.response().statusCode();
      if (status / 100 == 2) {
        return new Answer(status, null, call.body(MOST_BYTES));
      }
      Answer answer = unsuccessful(call);
      if (wanted.test(status)) {
        return answer;
      }
      throw answer.refusal(vendor);
    }
  }

  /**
   * Does something in as many attempts as the limits allow.
   *
   * @param mayRetry asked after a failure
   */
  <T> T call(BooleanSupplier mayRetry, BooleanSupplier cancelled, Function<Deadline, T> attempt) {
    return calls.call(this::requireOpen, mayRetry, cancelled, attempt);
  }

  /**
   * Sends JSON; the caller reads the answer and closes it.
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
    LiveCall call = start(request, deadline, cancelled);
    if (call.response().statusCode() / 100 == 2) {
      return call;
    }
    try (call) {
      throw unsuccessful(call).refusal(vendor);
    }
  }

  private LiveCall start(
      HttpRequest.Builder request, Deadline deadline, BooleanSupplier cancelled) {
    return new LiveCall(client(), request.build(), vendor.name(), limits, deadline, cancelled);
  }

  private static Answer unsuccessful(LiveCall call) {
    HttpResponse<?> response = call.response();
    Duration retryAfter =
        response
            .headers()
            .firstValue("Retry-After")
            .map(value -> RetryAfter.parse(value, InstantSource.system()))
            .orElse(null);
    return new Answer(response.statusCode(), retryAfter, errorBody(call));
  }

  /** The status says enough when the words that go with it do not come. */
  private static byte[] errorBody(LiveCall call) {
    try {
      return call.body(MOST_ERROR_BYTES);
    } catch (PortFailure e) {
      return new byte[0];
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
