package io.parley.adapter.ai.remote;

import io.parley.domain.port.PortFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came back, read whole. */
public final class Answer {
  private final int status;
  private final @Nullable Duration retryAfter;
  private final byte[] body;

  Answer(int status, @Nullable Duration retryAfter, byte[] body) {
    this.status = status;
    this.retryAfter = retryAfter;
    this.body = body;
  }

  /** Of HTTP. */
  public int status() {
    return status;
  }

  /** The body, which is not copied. */
  public byte[] body() {
    return body;
  }

  /** The body as an object; empty when it is none. */
  public Map<String, @Nullable Object> json() {
    return JsonText.objectOrEmpty(new String(body, StandardCharsets.UTF_8));
  }

  /** What an answer without success means. */
  public PortFailure refusal(Vendor vendor) {
    return vendor.refusal(status, retryAfter, json());
  }
}
