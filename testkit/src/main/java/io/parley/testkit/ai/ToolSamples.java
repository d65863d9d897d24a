package io.parley.testkit.ai;

import io.parley.domain.port.ai.ChatRequest;
import io.parley.domain.port.ai.ChatRequest.PromptMessage;
import io.parley.domain.port.ai.Tool;
import java.util.ArrayList;
import java.util.List;

/** Tools, and requests that offer them. */
public final class ToolSamples {

  /** A tool with parameters, one of them in a way that only JSON Schema knows. */
  public static final Tool TIDE =
      new Tool(
          "tide_table",
          "Says when the tide is high in a harbour.",
          """
          {"type": "object", "additionalProperties": false, "required": ["harbour"],
           "properties": {"harbour": {"type": "string", "description": "Its name"},
            "day": {"oneOf": [{"type": "integer", "minimum": 1}, {"const": "today"}]}}}\
          """);

  /** A tool without parameters. */
  public static final Tool CLOCK =
      new Tool("clock", "Says what time it is.", "{\"type\":\"object\",\"properties\":{}}");

  private ToolSamples() {}

  /** The same request with both tools. */
  public static ChatRequest offering(ChatRequest request) {
    return new ChatRequest(
        request.messages(),
        request.question(),
        request.passages(),
        request.temperature(),
        List.of(TIDE, CLOCK));
  }

  /** The same request, whose prompt goes on. */
  public static ChatRequest after(ChatRequest request, PromptMessage... more) {
    List<PromptMessage> messages = new ArrayList<>(request.messages());
    messages.addAll(List.of(more));
    return new ChatRequest(
        messages, request.question(), request.passages(), request.temperature(), request.tools());
  }
}
