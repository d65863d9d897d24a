package io.parley.adapter.ai.remote;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts server-sent events together from bytes, as the WHATWG's HTML standard describes them:
 * comments, line ends of all three kinds, data of several lines. A field {@code error}, which some
 * servers send in place of {@code data}, is data too, and what follows the last line end is one
 * more line.
 */
final class EventLines {
  /** Longest line, in bytes. */
  static final int LONGEST = 1 << 20;

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final List<ServerEvent> events = new ArrayList<>();
  private final StringBuilder data = new StringBuilder();
  private String name = "";
  private boolean afterReturn;

  /** A line that has no end. */
  static final class TooLong extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** The events that end in these bytes. */
  List<ServerEvent> take(ByteBuffer bytes) throws TooLong {
    while (bytes.hasRemaining()) {
      byte b = bytes.get();
      if (b == '\r' || (b == '\n' && !afterReturn)) {
        endLine();
      } else if (b != '\n') {
        line.write(b);
      }
      afterReturn = b == '\r';
      if (line.size() + data.length() > LONGEST) {
        throw new TooLong();
      }
    }
    return taken();
  }

  /** The event that was begun when the stream ended, if any. */
  List<ServerEvent> end() {
    endLine();
    endEvent();
    return taken();
  }

  private List<ServerEvent> taken() {
    List<ServerEvent> taken = List.copyOf(events);
    events.clear();
    return taken;
  }

  private void endLine() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (text.isEmpty()) {
      endEvent();
    } else {
      field(text);
    }
  }

  private void field(String text) {
    int colon = text.indexOf(':');
    String field = colon < 0 ? text : text.substring(0, colon);
    String value = colon < 0 ? "" : text.substring(colon + 1);
    value = value.startsWith(" ") ? value.substring(1) : value;
    switch (field.replace("\uFEFF", "")) {
      case "event" -> name = value;
      case "data" -> add(value);
      case "error" -> {
        name = "error";
        add(value);
      }
      default -> {} // a comment, an id, or what this knows nothing of
    }
  }

  private void add(String value) {
    data.append(data.isEmpty() ? "" : "\n").append(value);
  }

  private void endEvent() {
    if (!data.isEmpty()) {
      events.add(new ServerEvent(name, data.toString()));
    }
    data.setLength(0);
    name = "";
  }
}
