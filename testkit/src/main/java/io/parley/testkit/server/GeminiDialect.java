package io.parley.testkit.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gemini's words. */
final class GeminiDialect implements Dialect {

  static Chat chat(String model, Map<String, @Nullable Object> body, boolean stream) {
    String prompt = "";
    for (Map<String, @Nullable Object> content : Dialect.objects(body, "contents")) {
      boolean asks = !Dialect.text(content, "role").equals("model") && !text(content).isEmpty();
      prompt = asks ? text(content) : prompt;
    }
    return new Chat(model, prompt, GeminiToolTalk.results(body), stream, true);
  }

  /** The text of a content's parts. */
  static String text(Map<String, @Nullable Object> content) {
    StringBuilder text = new StringBuilder();
    for (Map<String, @Nullable Object> part : Dialect.objects(content, "parts")) {
      text.append(Dialect.text(part, "text"));
    }
    return text.toString();
  }

  @Override
  public String lineEnd() {
    return "\r\n";
  }

  @Override
  public String error(int status, String code) {
    String message = "The key and the prompt are quoted here.";
    List<Map<String, Object>> details =
        switch (code) {
          case "" -> List.of();
          case "retry" ->
              List.of(
                  Map.of("@type", "type.googleapis.com/google.rpc.RetryInfo", "retryDelay", "17s"));
          default ->
              List.of(Map.of("@type", "type.googleapis.com/google.rpc.ErrorInfo", "reason", code));
        };
    return Json.write(
        Map.of(
            "error",
            Map.of("code", status, "message", message, "status", "X", "details", details)));
  }

  @Override
  public String piece(Chat chat, String text) {
    return event(chat, words(text), Map.of(), 1);
  }

  @Override
  public List<String> end(Chat chat, String reason, int pieces) {
    return List.of(event(chat, words(""), Map.of("finishReason", reason), pieces));
  }

  @Override
  public List<String> calls(Chat chat, ToolTurn turn) {
    return GeminiToolTalk.parts(turn, chat.model()).stream()
        .map(parts -> event(chat, parts, Map.of(), 1))
        .toList();
  }

  @Override
  public String toolStop(ToolTurn turn) {
    return stop();
  }

  private static List<Map<String, Object>> words(String text) {
    return List.of(Map.of("text", text));
  }

  private static String event(
      Chat chat, List<Map<String, Object>> parts, Map<String, String> more, int pieces) {
    Map<String, Object> candidate = new HashMap<>(more);
    candidate.put("content", Map.of("role", "model", "parts", parts));
    candidate.put("index", 0);
    int prompt = Tokens.of(chat.prompt());
    return Json.write(
        Map.of(
            "candidates",
            List.of(candidate),
            "usageMetadata",
            Map.of(
                "promptTokenCount",
                prompt,
                "candidatesTokenCount",
                pieces,
                "totalTokenCount",
                prompt + pieces),
            "modelVersion",
            chat.model()));
  }

  @Override
  public String whole(Chat chat, List<String> pieces, String reason) {
    return event(
        chat, words(String.join("", pieces)), Map.of("finishReason", reason), pieces.size());
  }

  @Override
  public String blocked(String reason) {
    return Json.write(
        Map.of(
            "promptFeedback",
            Map.of("blockReason", reason),
            "usageMetadata",
            Map.of("promptTokenCount", 1, "totalTokenCount", 1)));
  }

  @Override
  public String stop() {
    return "STOP";
  }

  @Override
  public String embeddings(String model, List<Embedded> embedded, boolean one) {
    List<Map<String, Object>> all =
        embedded.stream().map(e -> Map.<String, Object>of("values", e.vector())).toList();
    return Json.write(one ? Map.of("embedding", all.getFirst()) : Map.of("embeddings", all));
  }
}
