package io.parley.adapter.ai.gemini;

import io.parley.adapter.ai.remote.JsonText;
import io.parley.adapter.ai.remote.Refusals;
import io.parley.adapter.ai.remote.Vendor;
import io.parley.domain.port.PortFailure;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the refusals of Gemini's interface mean. */
final class GeminiVendor implements Vendor {
  private static final String KEY = "GOOGLE_API_KEY";

  private final String modelSetting;

  GeminiVendor(String modelSetting) {
    this.modelSetting = modelSetting;
  }

  @Override
  public String name() {
    return "Gemini";
  }

  @Override
  public String addressSetting() {
    return "GOOGLE_BASE_URL";
  }

  /** A bad key is a 400 here, and how long to wait stands in the body. */
  @Override
  public PortFailure refusal(
      int status, @Nullable Duration retryAfter, Map<String, @Nullable Object> body) {
    Map<String, @Nullable Object> error = JsonText.object(body, "error");
    Duration wait = retryAfter;
    for (Map<String, @Nullable Object> detail : JsonText.objects(error, "details")) {
      if (JsonText.text(detail, "reason").equals("API_KEY_INVALID")) {
        return Refusals.rejected(this, KEY);
      }
      if (wait == null) {
        wait = duration(JsonText.text(detail, "retryDelay"));
      }
    }
    return Refusals.of(this, status, wait, KEY, modelSetting);
  }

  /** What an error means that comes in the middle of a stream. */
  PortFailure midStream(Map<String, @Nullable Object> body) {
    Object code = JsonText.object(body, "error").get("code");
    int status = code instanceof Number number ? number.intValue() : 500;
    return refusal(status >= 400 ? status : 500, null, body);
  }

  /** A duration as protocol buffers write it in JSON, such as {@code 17.5s}. */
  private static @Nullable Duration duration(String text) {
    return text.matches("\\d{1,6}(\\.\\d{1,9})?s")
        ? Duration.ofMillis(
            (long) Math.ceil(Double.parseDouble(text.substring(0, text.length() - 1)) * 1000))
        : null;
  }
}
