package io.parley.adapter.ai.extraction.worker;

import io.parley.domain.document.PageText.Block.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Lines of {@code path: value}, those of one record in one block. */
final class JsonRecords {

  private static final int LONG_LINE = 1_000;

  private final Sections sections;
  private final Deque<Level> levels = new ArrayDeque<>();
  private final StringBuilder block = new StringBuilder();

  /** Plain values of a list, which share a line. */
  private final StringBuilder items = new StringBuilder();

  /** An object or list that is open. */
  private static final class Level {
    private final boolean list;
    private final String path;
    private @Nullable String name;

    Level(boolean list, String path) {
      this.list = list;
      this.path = path;
    }

    /** The path of the value that comes next. */
    String next() {
      if (list || name == null) {
        return path;
      }
      return path.isEmpty() ? name : path + "." + name;
    }
  }

  JsonRecords(Sections sections) {
    this.sections = sections;
  }

  int depth() {
    return levels.size();
  }

  void startObject() {
    endItems();
    if (levels.isEmpty() || levels.peek().list) {
      endRecord();
    }
    levels.push(new Level(false, path()));
  }

  void startArray() {
    endItems();
    levels.push(new Level(true, path()));
  }

  void end() {
    endItems();
    Level ended = levels.pop();
    if (!ended.list && (levels.isEmpty() || levels.peek().list)) {
      endRecord();
    }
  }

  void name(String name) {
    if (!levels.isEmpty()) {
      levels.peek().name = PlainText.collapse(PlainText.clean(name));
    }
  }

  void value(String text) {
    String words = PlainText.clean(text).strip();
    if (words.isEmpty()) {
      return;
    }
    if (levels.isEmpty() || !levels.peek().list) {
      line(path(), words);
      return;
    }
    items.append(items.isEmpty() ? "" : ", ").append(words);
    if (items.length() > LONG_LINE) {
      endItems();
    }
  }

  private String path() {
    return levels.isEmpty() ? "" : levels.peek().next();
  }

  private void endItems() {
    if (!items.isEmpty()) {
      line(path(), items.toString());
      items.setLength(0);
    }
  }

  private void line(String path, String words) {
    block.append(block.isEmpty() ? "" : "\n");
    block.append(path).append(path.isEmpty() ? "" : ": ").append(words);
    if (block.length() > Sections.LONG) {
      endRecord();
    }
  }

  private void endRecord() {
    sections.block(Kind.PARAGRAPH, block.toString());
    block.setLength(0);
  }

  void finish() {
    endItems();
    endRecord();
  }
}
