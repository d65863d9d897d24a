package io.parley.testkit.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** OpenAI's words. */
final class OpenAiDialect implements Dialect {

  static Chat chat(Map<String, @Nullable Object> body) {
    String prompt = "";
    for (Map<String, @Nullable Object> message : Dialect.objects(body, "messages")) {
      prompt =
          Dialect.text(message, "role").equals("user") ? Dialect.text(message, "content") : prompt;
    }
    boolean stream = Boolean.TRUE.equals(body.get("stream"));
    boolean counted =
        Boolean.TRUE.equals(Dialect.object(body, "stream_options").get("include_usage"));
    return new Chat(
        Dialect.text(body, "model"), prompt, OpenAiToolTalk.results(body), stream, counted);
  }

  @Override
  public String lineEnd() {
    return "\n";
  }

  @Override
  public String error(int status, String code) {
    String type =
        switch (status) {
          case 400, 404 -> "invalid_request_error";
          case 401 -> "authentication_error";
          case 429 -> "rate_limit_error";
          default -> "server_error";
        };
    Map<String, @Nullable Object> error = new HashMap<>();
    error.put("message", "The key sk-leak and the prompt are quoted here.");
    error.put("type", type);
    error.put("code", code.isEmpty() ? null : code);
    error.put("param", param(code));
    return Json.write(Map.of("error", error));
  }

  private static @Nullable String param(String code) {
    return switch (code) {
      case "unsupported_value" -> "temperature";
      case "invalid_language_format" -> "language";
      default -> null;
    };
  }

  @Override
  public String piece(Chat chat, String text) {
    return chunk(chat, Map.of("content", text), null);
  }

  @Override
  public List<String> calls(Chat chat, ToolTurn turn) {
    return OpenAiToolTalk.deltas(turn).stream()
        .map(calls -> chunk(chat, Map.of("tool_calls", calls), null))
        .toList();
  }

  @Override
  public String toolStop(ToolTurn turn) {
    return switch (turn.manner()) {
      case USUAL, SIDE_BY_SIDE -> "tool_calls";
      case WITHOUT_IDS, SAME_INDEX -> "stop";
    };
  }

  @Override
  public List<String> end(Chat chat, String reason, int pieces) {
    List<String> events = new ArrayList<>();
    events.add(chunk(chat, Map.of(), reason));
    if (chat.counted()) {
      events.add(
          Json.write(
              Map.of(
                  "object",
                  "chat.completion.chunk",
                  "model",
                  chat.model(),
                  "choices",
                  List.of(),
                  "usage",
                  usage(chat, pieces))));
    }
    events.add("[DONE]");
    return events;
  }

  private static String chunk(
      Chat chat, Map<String, @Nullable Object> delta, @Nullable String reason) {
    Map<String, @Nullable Object> choice = new HashMap<>();
    choice.put("index", 0);
    choice.put("delta", delta);
    choice.put("finish_reason", reason);
    return Json.write(
        Map.of(
            "id",
            "chatcmpl-1",
            "object",
            "chat.completion.chunk",
            "model",
            chat.model(),
            "choices",
            List.of(choice)));
  }

  private static Map<String, Object> usage(Chat chat, int pieces) {
    int prompt = Tokens.of(chat.prompt());
    return Map.of(
        "prompt_tokens", prompt, "completion_tokens", pieces, "total_tokens", prompt + pieces);
  }

  @Override
  public String whole(Chat chat, List<String> pieces, String reason) {
    return Json.write(
        Map.of(
            "id",
            "chatcmpl-1",
            "object",
            "chat.completion",
            "model",
            chat.model(),
            "choices",
            List.of(
                Map.of(
                    "index",
                    0,
                    "message",
                    Map.of("role", "assistant", "content", String.join("", pieces)),
                    "finish_reason",
                    reason)),
            "usage",
            usage(chat, pieces.size())));
  }

  @Override
  public String blocked(String reason) {
    return error(400, "content_policy_violation");
  }

  @Override
  public String stop() {
    return "stop";
  }

  @Override
  public String embeddings(String model, List<Embedded> embedded, boolean one) {
    List<Map<String, Object>> data =
        embedded.stream()
            .map(e ->
                Map.<String, Object>of(
                    "object", "embedding", "index", e.index(), "embedding", e.vector()))
            .toList();
    return Json.write(
        Map.of(
            "object",
            "list",
            "model",
            model,
            "data",
            data,
            "usage",
            Map.of("prompt_tokens", 1, "total_tokens", 1)));
  }
}
