package io.parley.testkit.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A sample document before it is typeset.
 *
 * <p>A source begins with {@code key: value} lines up to the first blank one. After it, blocks are
 * separated by blank lines: {@code #} a chapter, {@code ##} a section, {@code %} a line of the
 * title page, {@code |} a row of a table whose first row is its head, {@code ^} a footnote, {@code
 * ---} the end of a page, all else a paragraph. A {@code ~} inside a word is a place where it may
 * be hyphenated.
 */
record SampleSource(Map<String, String> front, List<Block> blocks) {

  sealed interface Block {}

  record Heading(int level, String text) implements Block {}

  record TitleLine(String text) implements Block {}

  record Paragraph(String text) implements Block {}

  record Table(List<List<String>> rows) implements Block {}

  record Footnote(String text) implements Block {}

  record PageEnd() implements Block {}

  SampleSource {
    front = Map.copyOf(front);
    blocks = List.copyOf(blocks);
  }

  static SampleSource read(Path file) throws IOException {
    var lines = Files.readAllLines(file);
    var end = lines.indexOf("");
    var front = new HashMap<String, String>();
    for (var line : lines.subList(0, end)) {
      var colon = line.indexOf(": ");
      front.put(line.substring(0, colon), line.substring(colon + 2));
    }
    var blocks = new ArrayList<Block>();
    for (var line : lines.subList(end + 1, lines.size())) {
      add(blocks, line.strip());
    }
    return new SampleSource(front, blocks);
  }

  String front(String key) {
    return Objects.requireNonNull(front.get(key), () -> "the source lacks " + key);
  }

  private static void add(List<Block> blocks, String line) {
    if (line.isEmpty()) {
      return;
    }
    if (line.startsWith("|")) {
      addRow(blocks, cells(line));
      return;
    }
    blocks.add(block(line));
  }

  private static void addRow(List<Block> blocks, List<String> row) {
    if (blocks.getLast() instanceof Table table) {
      var rows = new ArrayList<>(table.rows());
      rows.add(row);
      blocks.set(blocks.size() - 1, new Table(rows));
    } else {
      blocks.add(new Table(List.of(row)));
    }
  }

  private static Block block(String line) {
    if (line.equals("---")) {
      return new PageEnd();
    }
    var space = line.indexOf(' ');
    var rest = line.substring(space + 1);
    return switch (line.substring(0, Math.max(space, 0))) {
      case "#" -> new Heading(1, rest);
      case "##" -> new Heading(2, rest);
      case "%" -> new TitleLine(rest);
      case "^" -> new Footnote(rest);
      default -> new Paragraph(line);
    };
  }

  private static List<String> cells(String line) {
    var inner = line.substring(1, line.length() - 1);
    return List.of(inner.split("\\|", -1)).stream().map(String::strip).toList();
  }
}
