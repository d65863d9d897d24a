package io.parley.adapter.ai.extraction.worker;

import io.parley.domain.document.PageText.Block.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pages that a Word document's paragraphs and tables come to lie on. Word writes a break that
 * somebody asked for, and again where it laid the next page out: together they are one.
 */
final class WordPages {

  private static final int LONG_TABLE = 50_000;

  private final Sections sections;
  private final StringBuilder list = new StringBuilder();
  private final StringBuilder table = new StringBuilder();
  private final List<String> notes = new ArrayList<>();
  private @Nullable String title;
  private boolean freshPage = true;

  WordPages(Sections sections) {
    this.sections = sections;
  }

  void paragraph(WordStyle style, int level, String raw) {
    String text = PlainText.collapseLines(raw);
    if (text.isEmpty()) {
      return;
    }
    freshPage = false;
    if (style.heading() > 0) {
      endList();
      title = title == null && style.title() ? PlainText.clean(text) : title;
      // Pages have numbers here, so that no heading may begin one.
      sections.block(Kind.HEADING, PlainText.collapse(text));
    } else if (style.list()) {
      list.append(list.isEmpty() ? "" : "\n").append("  ".repeat(level)).append("- ").append(text);
    } else {
      endList();
      sections.block(Kind.PARAGRAPH, text);
    }
    endNotes();
  }

  /** Remembers a note, which follows the paragraph or table that refers to it. */
  void note(@Nullable String text) {
    if (text != null && !text.isBlank()) {
      notes.add(text);
    }
  }

  void row(List<String> cells) {
    freshPage = false;
    if (cells.stream().allMatch(String::isEmpty)) {
      return;
    }
    endList();
    table.append(table.isEmpty() ? "" : "\n").append(String.join(" | ", cells));
    if (table.length() > LONG_TABLE) {
      endTable();
    }
  }

  void endTable() {
    sections.block(Kind.TABLE, table.toString());
    table.setLength(0);
    endNotes();
  }

  /** A break that somebody put there; two of them leave an empty page. */
  void askedBreak() {
    endAll();
    sections.next();
    freshPage = true;
  }

  /** A break where Word began a new page when it laid the document out. */
  void laidOutBreak() {
    if (!freshPage) {
      askedBreak();
    }
  }

  @Nullable String title() {
    return title;
  }

  void finish() {
    endAll();
    sections.finish();
  }

  private void endAll() {
    endTable();
    endList();
    endNotes();
  }

  private void endList() {
    sections.block(Kind.LIST, list.toString());
    list.setLength(0);
  }

  private void endNotes() {
    if (list.isEmpty() && table.isEmpty()) {
      notes.forEach(note -> sections.block(Kind.PARAGRAPH, note));
      notes.clear();
    }
  }
}
