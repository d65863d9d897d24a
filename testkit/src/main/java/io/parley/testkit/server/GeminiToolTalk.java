package io.parley.testkit.server;

import io.parley.testkit.server.ToolTurn.Call;
import io.parley.testkit.server.ToolTurn.Manner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Gemini's protocol says of tools, and how strict it is about it. */
final class GeminiToolTalk {
  private GeminiToolTalk() {}

  /** The parts of each event. Models of the third generation sign the first call. */
  static List<List<Map<String, Object>>> parts(ToolTurn turn, String model) {
    List<Map<String, Object>> parts = new ArrayList<>();
    for (Call call : turn.calls()) {
      Map<String, Object> function = new HashMap<>();
      function.put("name", call.name());
      function.put("args", new Json.Raw(call.arguments()));
      if (turn.manner() != Manner.WITHOUT_IDS) {
        function.put("id", call.id());
      }
      Map<String, Object> part = new HashMap<>(Map.of("functionCall", function));
      if (signs(model) && parts.isEmpty()) {
        part.put("thoughtSignature", signature(call.name()));
      }
      parts.add(part);
    }
    return turn.manner() == Manner.SIDE_BY_SIDE
        ? List.of(parts)
        : parts.stream().map(List::of).toList();
  }

  private static boolean signs(String model) {
    return model.startsWith("gemini-3");
  }

  private static String signature(String name) {
    return "c2ln/" + name + "+A==";
  }

  /** The results that the prompt ends with. */
  static List<String> results(Map<String, @Nullable Object> body) {
    List<Map<String, @Nullable Object>> contents = Dialect.objects(body, "contents");
    return contents.isEmpty()
        ? List.of()
        : functions(contents.getLast(), "functionResponse").stream()
            .map(response -> Json.write(Dialect.object(response, "response")))
            .toList();
  }

  private static List<Map<String, @Nullable Object>> functions(
      Map<String, @Nullable Object> content, String kind) {
    List<Map<String, @Nullable Object>> functions = new ArrayList<>();
    for (Map<String, @Nullable Object> part : Dialect.objects(content, "parts")) {
      if (part.get(kind) != null) {
        functions.add(Dialect.object(part, kind));
      }
    }
    return functions;
  }

  /** Whether Gemini would take what is said of tools. */
  static boolean isSound(Map<String, @Nullable Object> body, String model) {
    for (Map<String, @Nullable Object> tool : Dialect.objects(body, "tools")) {
      for (Map<String, @Nullable Object> function : Dialect.objects(tool, "functionDeclarations")) {
        boolean empty =
            function.containsKey("parametersJsonSchema")
                && Dialect.object(Dialect.object(function, "parametersJsonSchema"), "properties")
                    .isEmpty();
        if (!Dialect.text(function, "name").matches("[A-Za-z_][\\w.-]{0,63}") || empty) {
          return false;
        }
      }
    }
    return everyCallIsAnswered(Dialect.objects(body, "contents"), model);
  }

  private static boolean everyCallIsAnswered(
      List<Map<String, @Nullable Object>> contents, String model) {
    List<Map<String, @Nullable Object>> open = List.of();
    for (Map<String, @Nullable Object> content : contents) {
      List<Map<String, @Nullable Object>> responses = functions(content, "functionResponse");
      if (!isAnsweredBy(open, responses) || !isSigned(content, model)) {
        return false;
      }
      open = functions(content, "functionCall");
    }
    return open.isEmpty();
  }

  private static boolean isAnsweredBy(
      List<Map<String, @Nullable Object>> calls, List<Map<String, @Nullable Object>> responses) {
    if (calls.size() != responses.size()) {
      return false;
    }
    for (int i = 0; i < calls.size(); i++) {
      Map<String, @Nullable Object> call = calls.get(i);
      Map<String, @Nullable Object> response = responses.get(i);
      if (!Dialect.text(call, "name").equals(Dialect.text(response, "name"))
          || !Dialect.text(call, "id").equals(Dialect.text(response, "id"))
          || !(response.get("response") instanceof Map)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSigned(Map<String, @Nullable Object> content, String model) {
    for (Map<String, @Nullable Object> part : Dialect.objects(content, "parts")) {
      if (signs(model) && part.get("functionCall") != null) {
        String name = Dialect.text(Dialect.object(part, "functionCall"), "name");
        return Dialect.text(part, "thoughtSignature").equals(signature(name));
      }
    }
    return true;
  }
}
