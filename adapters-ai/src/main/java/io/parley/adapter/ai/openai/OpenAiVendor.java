package io.parley.adapter.ai.openai;

import io.parley.adapter.ai.remote.JsonText;
import io.parley.adapter.ai.remote.Refusals;
import io.parley.adapter.ai.remote.Vendor;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What OpenAI's refusals mean. */
final class OpenAiVendor implements Vendor {
  private static final String KEY = "OPENAI_API_KEY";
  private static final Set<String> NOTHING_LEFT =
      Set.of("insufficient_quota", "billing_hard_limit_reached", "billing_not_active");

  private final String name;
  private final String modelSetting;
  private volatile boolean temperatureRefused;

  OpenAiVendor(OpenAiAccess access, String modelSetting) {
    boolean itself = access.baseUrl().equals(OpenAiAccess.OPENAI);
    this.name = itself ? "OpenAI" : "The model server at " + host(access.baseUrl());
    this.modelSetting = modelSetting;
  }

  /** Without what else may stand before a host, such as a password. */
  private static String host(URI url) {
    return url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String addressSetting() {
    return "OPENAI_BASE_URL";
  }

  /** Whether the model has said that it takes no temperature. */
  boolean temperatureRefused() {
    return temperatureRefused;
  }

  @Override
  public PortFailure refusal(
      int status, @Nullable Duration retryAfter, Map<String, @Nullable Object> body) {
    Map<String, @Nullable Object> error = JsonText.object(body, "error");
    if (status == 400 && JsonText.text(error, "param").equals("temperature")) {
      temperatureRefused = true;
    }
    if (NOTHING_LEFT.contains(JsonText.text(error, "code"))
        || NOTHING_LEFT.contains(JsonText.text(error, "type"))) {
      return Refusals.failure(
          this,
          Kind.INVALID_CONFIGURATION,
          "The account at " + name + " has no quota left. Add credit or raise its limit.");
    }
    return Refusals.of(this, status, retryAfter, KEY, modelSetting);
  }

  /** What an error means that comes in the middle of a stream, where there is no status. */
  PortFailure midStream(Map<String, @Nullable Object> body) {
    Map<String, @Nullable Object> error = JsonText.object(body, "error");
    int status = error.get("code") instanceof Number code ? code.intValue() : status(error);
    return refusal(status >= 400 ? status : 500, null, body);
  }

  private static int status(Map<String, @Nullable Object> error) {
    return switch (JsonText.text(error, "type")) {
      case "rate_limit_error", "rate_limit_exceeded", "tokens", "requests" -> 429;
      case "invalid_request_error" -> 400;
      case "authentication_error" -> 401;
      default -> 500;
    };
  }
}
