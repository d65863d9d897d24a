package io.parley.adapter.ai.openai;

import io.parley.adapter.ai.remote.JsonText;
import io.parley.adapter.ai.remote.Refusals;
import io.parley.adapter.ai.remote.ServerEvent;
import io.parley.adapter.ai.remote.StreamRules;
import io.parley.domain.port.PortFailure.Kind;
import io.parley.domain.port.ai.ChatCompletion.Finish;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A stream ends with the choice's {@code finish_reason}, and with {@code [DONE]}. */
final class OpenAiStreamRules implements StreamRules {
  private final OpenAiVendor vendor;

  OpenAiStreamRules(OpenAiVendor vendor) {
    this.vendor = vendor;
  }

  @Override
  public Optional<Finish> finish(ServerEvent event, Map<String, @Nullable Object> json) {
    if (event.data().strip().equals("[DONE]")) {
      return Optional.of(Finish.STOP);
    }
    if (json.get("error") != null) {
      throw vendor.midStream(json);
    }
    if (event.name().equals("error")) {
      throw vendor.midStream(Map.of("error", json));
    }
    List<Map<String, @Nullable Object>> choices = JsonText.objects(json, "choices");
    return choices.isEmpty()
        ? Optional.empty()
        : finish(JsonText.text(choices.getFirst(), "finish_reason"));
  }

  private Optional<Finish> finish(String reason) {
    return switch (reason) {
      case "" -> Optional.empty();
      case "length" -> Optional.of(Finish.LENGTH);
      case "tool_calls", "function_call" -> Optional.of(Finish.TOOL_CALLS);
      case "content_filter" ->
          throw Refusals.failure(
              vendor,
              Kind.INVALID_CONFIGURATION,
              "The content filter of "
                  + vendor.name()
                  + " held the answer back. Ask in another way, or choose another model.");
      default -> Optional.of(Finish.STOP);
    };
  }
}
