package io.parley.adapter.ai.gemini;

import io.parley.adapter.ai.remote.JsonText;
import io.parley.adapter.ai.remote.Refusals;
import io.parley.adapter.ai.remote.ServerEvent;
import io.parley.adapter.ai.remote.StreamRules;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import io.parley.domain.port.ai.ChatCompletion.Finish;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream ends with the candidate's {@code finishReason}; a question that is blocked has no
 * candidate at all.
 */
final class GeminiStreamRules implements StreamRules {
  private final GeminiVendor vendor;

  GeminiStreamRules(GeminiVendor vendor) {
    this.vendor = vendor;
  }

  @Override
  public Optional<Finish> finish(ServerEvent event, Map<String, @Nullable Object> json) {
    if (json.get("error") != null) {
      throw vendor.midStream(json);
    }
    if (!JsonText.text(JsonText.object(json, "promptFeedback"), "blockReason").isEmpty()) {
      throw heldBack("blocked the question");
    }
    List<Map<String, @Nullable Object>> candidates = JsonText.objects(json, "candidates");
    return candidates.isEmpty()
        ? Optional.empty()
        : finish(JsonText.text(candidates.getFirst(), "finishReason"));
  }

  private Optional<Finish> finish(String reason) {
    return switch (reason) {
      case "", "FINISH_REASON_UNSPECIFIED" -> Optional.empty();
      case "STOP" -> Optional.of(Finish.STOP);
      case "MAX_TOKENS" -> Optional.of(Finish.LENGTH);
      case "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "LANGUAGE" ->
          throw heldBack("held the answer back");
      default ->
          throw Refusals.failure(
              vendor,
              Kind.UNAVAILABLE,
              "Gemini ended its answer for a reason of its own. Ask again.");
    };
  }

  private PortFailure heldBack(String what) {
    return Refusals.failure(
        vendor,
        Kind.INVALID_CONFIGURATION,
        "A filter of Gemini " + what + ". Ask in another way, or choose another model.");
  }
}
