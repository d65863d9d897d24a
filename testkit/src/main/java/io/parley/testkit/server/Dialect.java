package io.parley.testkit.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a vendor writes what the server says. */
interface Dialect {

  /**
   * A chat, as it was asked for.
   *
   * @param prompt the last message of the user
   * @param results of tools, when the prompt ends with them
   * @param stream whether it is answered with events
   */
  record Chat(String model, String prompt, List<String> results, boolean stream, boolean counted) {}

  /** How lines end in its streams. */
  String lineEnd();

  String error(int status, String code);

  /** The data of an event with a piece of the answer. */
  String piece(Chat chat, String text);

  /** The data of the events that call tools. */
  List<String> calls(Chat chat, ToolTurn turn);

  /** How an answer ends that calls tools. */
  String toolStop(ToolTurn turn);

  /** The data of the events that end an answer. */
  List<String> end(Chat chat, String reason, int pieces);

  /** The whole answer without a stream. */
  String whole(Chat chat, List<String> pieces, String reason);

  /** What is said when a question is blocked. */
  String blocked(String reason);

  /** How an answer ends by itself. */
  String stop();

  /** The body with embeddings; {@code one} for the answer to a single text. */
  String embeddings(String model, List<Embedded> embedded, boolean one);

  /** A text out of a request's body, empty when there is none. */
  static String text(Map<String, @Nullable Object> in, String name) {
    return in.get(name) instanceof String text ? text : "";
  }

  /** The objects of a list in a request's body. */
  @SuppressWarnings("unchecked") // all maps are made by Json
  static List<Map<String, @Nullable Object>> objects(
      Map<String, @Nullable Object> in, String name) {
    List<Map<String, @Nullable Object>> objects = new ArrayList<>();
    if (in.get(name) instanceof List<?> list) {
      for (Object item : list) {
        if (item instanceof Map<?, ?> map) {
          objects.add((Map<String, @Nullable Object>) map);
        }
      }
    }
    return objects;
  }

  /** An object in a request's body, empty when there is none. */
  @SuppressWarnings("unchecked") // all maps are made by Json
  static Map<String, @Nullable Object> object(Map<String, @Nullable Object> in, String name) {
    return in.get(name) instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
  }
}
