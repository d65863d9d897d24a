package io.parley.adapter.ai.extraction.worker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Reads the body of an OpenDocument text. Comments, deleted and hidden words are passed over. */
final class OdtBody {

  private final WordPages pages;
  private final Deque<Paragraph> paragraphs = new ArrayDeque<>();
  private final Deque<Row> rows = new ArrayDeque<>();
  private final Set<String> breaking = new HashSet<>();
  private final StringBuilder note = new StringBuilder();
  private @Nullable String style;
  private int listDepth;
  private boolean inNote;
  private boolean breakInRow;

  private static final class Paragraph {
    private final StringBuilder text = new StringBuilder();
    private int heading;
    private @Nullable String style;
  }

  private static final class Row {
    private final List<String> cells = new ArrayList<>();
    private final StringBuilder cell = new StringBuilder();
  }

  OdtBody(WordPages pages) {
    this.pages = pages;
  }

  void read(Xml xml) throws XMLStreamException {
    while (xml.next()) {
      if (xml.isStart()) {
        start(xml);
      } else if (xml.isEnd()) {
        end(xml.name());
      } else {
        append(xml.text().replace('\n', ' '));
      }
    }
  }

  private void start(Xml xml) throws XMLStreamException {
    switch (xml.name()) {
      case "tracked-changes",
          "annotation",
          "annotation-end",
          "hidden-text",
          "hidden-paragraph",
          "note-citation",
          "desc",
          "forms" ->
          xml.skip();
      case "style" -> style = xml.attribute("name");
      case "paragraph-properties" -> {
        if ("page".equals(xml.attribute("break-before"))) {
          breaking.add(Objects.requireNonNullElse(style, ""));
        }
      }
      case "h" -> begin(xml, heading(xml));
      case "p" -> begin(xml, 0);
      case "note" -> inNote = true;
      case "list" -> listDepth++;
      case "table-row" -> rows.push(new Row());
      case "soft-page-break" -> softBreak();
      case "s" -> append(" ");
      case "tab" -> append("\t");
      case "line-break" -> append("\n");
      default -> {}
    }
  }

  private void begin(Xml xml, int heading) {
    Paragraph paragraph = new Paragraph();
    paragraph.heading = heading;
    paragraph.style = xml.attribute("style-name");
    if (rows.isEmpty() && paragraphs.isEmpty() && breaking.contains(paragraph.style)) {
      pages.laidOutBreak();
    }
    paragraphs.push(paragraph);
  }

  private void end(String name) {
    switch (name) {
      case "h", "p" -> endParagraph();
      case "note" -> {
        inNote = false;
        pages.note(PlainText.collapse(note));
        note.setLength(0);
      }
      case "list" -> listDepth = Math.max(0, listDepth - 1);
      case "table-cell", "covered-table-cell" -> endCell();
      case "table-row" -> endRow();
      case "table" -> {
        if (rows.isEmpty()) {
          pages.endTable();
        }
      }
      default -> {}
    }
  }

  private void endParagraph() {
    if (paragraphs.isEmpty()) {
      return;
    }
    Paragraph paragraph = paragraphs.pop();
    if (inNote) {
      note.append(paragraph.text).append(' ');
    } else if (!rows.isEmpty()) {
      rows.peek().cell.append(paragraph.text).append('\n');
    } else {
      give(paragraph);
    }
  }

  private void give(Paragraph paragraph) {
    boolean title = "Title".equals(paragraph.style);
    int heading = title ? 1 : paragraph.heading;
    WordStyle kind = new WordStyle(heading, title, heading == 0 && listDepth > 0);
    pages.paragraph(kind, Math.clamp(listDepth - 1L, 0, 8), paragraph.text.toString());
    paragraph.text.setLength(0);
  }

  /** How often a cell is said to be repeated is not believed. */
  private void endCell() {
    if (!rows.isEmpty()) {
      Row row = rows.peek();
      row.cells.add(PlainText.collapse(row.cell));
      row.cell.setLength(0);
    }
  }

  private void endRow() {
    if (rows.isEmpty()) {
      return;
    }
    Row row = rows.pop();
    if (!rows.isEmpty()) {
      rows.peek().cell.append(String.join(" ", row.cells)).append('\n');
      return;
    }
    if (breakInRow) {
      pages.laidOutBreak();
      breakInRow = false;
    }
    pages.row(row.cells);
  }

  private void softBreak() {
    if (!rows.isEmpty()) {
      breakInRow = true;
    } else if (paragraphs.size() == 1 && !inNote) {
      give(paragraphs.getFirst());
      pages.laidOutBreak();
    } else if (paragraphs.isEmpty()) {
      pages.laidOutBreak();
    }
  }

  private void append(String text) {
    if (!paragraphs.isEmpty()) {
      StringBuilder open = paragraphs.peek().text;
      open.append(text);
      if (open.length() > Pages.MAX_PAGE) {
        throw new UnreadableException(Problem.TOO_MUCH_TEXT);
      }
    }
  }

  private static int heading(Xml xml) {
    String level = xml.attribute("outline-level");
    return level != null && level.matches("[1-9]") ? level.charAt(0) - '0' : 1;
  }
}
