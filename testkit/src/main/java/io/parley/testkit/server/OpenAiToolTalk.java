package io.parley.testkit.server;

import io.parley.testkit.server.ToolTurn.Call;
import io.parley.testkit.server.ToolTurn.Manner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What OpenAI's protocol says of tools, and how strict it is about it. */
final class OpenAiToolTalk {
  private static final int PIECE = 7;

  private OpenAiToolTalk() {}

  /** The {@code tool_calls} of each event. */
  static List<List<Map<String, Object>>> deltas(ToolTurn turn) {
    List<List<Map<String, Object>>> perCall = new ArrayList<>();
    for (int i = 0; i < turn.calls().size(); i++) {
      perCall.add(pieces(turn.calls().get(i), i, turn.manner()));
    }
    List<Map<String, Object>> all = new ArrayList<>();
    if (turn.manner() == Manner.SIDE_BY_SIDE) {
      for (int row = 0; all.size() < perCall.stream().mapToInt(List::size).sum(); row++) {
        for (List<Map<String, Object>> pieces : perCall) {
          all.addAll(
              pieces.subList(Math.min(row, pieces.size()), Math.min(row + 1, pieces.size())));
        }
      }
    } else {
      perCall.forEach(all::addAll);
    }
    return all.stream().map(List::of).toList();
  }

  private static List<Map<String, Object>> pieces(Call call, int index, Manner manner) {
    List<Map<String, Object>> pieces = new ArrayList<>();
    switch (manner) {
      case WITHOUT_IDS -> pieces.add(Map.of("type", "function", "function", whole(call)));
      case SAME_INDEX ->
          pieces.add(
              Map.of("index", 0, "id", call.id(), "type", "function", "function", whole(call)));
      case USUAL, SIDE_BY_SIDE -> {
        pieces.add(
            Map.of(
                "index",
                index,
                "id",
                call.id(),
                "type",
                "function",
                "function",
                Map.of("name", call.name(), "arguments", "")));
        for (int at = 0; at < call.arguments().length(); at += PIECE) {
          int end = Math.min(at + PIECE, call.arguments().length());
          String piece = call.arguments().substring(at, end);
          pieces.add(Map.of("index", index, "function", Map.of("arguments", piece)));
        }
      }
    }
    return pieces;
  }

  private static Map<String, Object> whole(Call call) {
    return Map.of("name", call.name(), "arguments", call.arguments());
  }

  /** The results that the prompt ends with. */
  static List<String> results(Map<String, @Nullable Object> body) {
    List<String> results = new ArrayList<>();
    for (Map<String, @Nullable Object> message : Dialect.objects(body, "messages")) {
      if (Dialect.text(message, "role").equals("tool")) {
        results.add(Dialect.text(message, "content"));
      } else {
        results.clear();
      }
    }
    return results;
  }

  /** Whether OpenAI would take what is said of tools. */
  static boolean isSound(Map<String, @Nullable Object> body) {
    Set<String> names = new HashSet<>();
    for (Map<String, @Nullable Object> tool : Dialect.objects(body, "tools")) {
      Map<String, @Nullable Object> function = Dialect.object(tool, "function");
      String name = Dialect.text(function, "name");
      boolean described = Dialect.object(function, "parameters").get("type") instanceof String;
      if (!name.matches("[A-Za-z0-9_-]{1,64}") || !names.add(name) || !described) {
        return false;
      }
    }
    return everyCallIsAnswered(body);
  }

  private static boolean everyCallIsAnswered(Map<String, @Nullable Object> body) {
    Map<String, String> open = new HashMap<>();
    for (Map<String, @Nullable Object> message : Dialect.objects(body, "messages")) {
      if (Dialect.text(message, "role").equals("tool")) {
        if (open.remove(Dialect.text(message, "tool_call_id")) == null) {
          return false;
        }
      } else if (!open.isEmpty()) {
        return false;
      }
      for (Map<String, @Nullable Object> call : Dialect.objects(message, "tool_calls")) {
        String name = Dialect.text(Dialect.object(call, "function"), "name");
        if (name.isEmpty() || open.put(Dialect.text(call, "id"), name) != null) {
          return false;
        }
      }
    }
    return open.isEmpty();
  }
}
