package io.parley.adapter.ai.extraction.worker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.stream.XMLStreamException;

/**
 * Reads the body of a Word document: paragraphs, lists, tables, text boxes. What was deleted or
 * moved away under revision, hidden text, and field instructions are passed over.
 */
final class DocxBody {

  private final WordPages pages;
  private final Map<String, WordStyle> styles;
  private final Map<String, String> notes;

  /** Paragraphs that are open; more than one where a text box stands in a paragraph. */
  private final Deque<Paragraph> paragraphs = new ArrayDeque<>();

  /** Rows that are open; more than one where a table stands in a table. */
  private final Deque<Row> rows = new ArrayDeque<>();

  private boolean words;
  private boolean hidden;
  private boolean breakInRow;

  DocxBody(WordPages pages, Map<String, WordStyle> styles, Map<String, String> notes) {
    this.pages = pages;
    this.styles = styles;
    this.notes = notes;
  }

  void read(Xml xml) throws XMLStreamException {
    while (xml.next()) {
      if (xml.isStart()) {
        start(xml);
      } else if (xml.isEnd()) {
        end(xml.name());
      } else if (words && !hidden) {
        append(xml.text());
      }
    }
  }

  private void start(Xml xml) throws XMLStreamException {
    String name = xml.name();
    words = name.equals("t");
    switch (name) {
      case "del", "moveFrom", "Fallback", "instrText", "delText" -> xml.skip();
      case "p" -> paragraphs.push(new Paragraph());
      case "r" -> hidden = false;
      case "vanish" -> hidden |= xml.isOn() && !properties();
      case "tr" -> rows.push(new Row());
      case "br" -> lineOrPageBreak(xml);
      case "lastRenderedPageBreak" -> laidOutBreak();
      case "tab", "ptab" -> append(properties() ? "" : "\t");
      case "cr" -> append("\n");
      case "noBreakHyphen" -> append("-");
      case "footnoteReference" -> pages.note(notes.get("footnote " + xml.attribute("id")));
      case "endnoteReference" -> pages.note(notes.get("endnote " + xml.attribute("id")));
      default -> property(name, xml);
    }
  }

  private void property(String name, Xml xml) {
    Paragraph paragraph = paragraphs.peek();
    if (paragraph == null) {
      return;
    }
    switch (name) {
      case "pPr" -> paragraph.inProperties = true;
      case "pStyle" -> paragraph.style = style(xml);
      case "numPr" -> paragraph.numbered = true;
      case "outlineLvl" ->
          paragraph.outline = "9".equals(xml.attribute("val")) ? 0 : level(xml) + 1;
      case "ilvl" -> paragraph.level = level(xml);
      case "pageBreakBefore" -> {
        if (xml.isOn() && rows.isEmpty()) {
          pages.laidOutBreak();
        }
      }
      case "sectPr" -> paragraph.endsSection = paragraph.inProperties;
      case "type" -> {
        if (paragraph.endsSection && "continuous".equals(xml.attribute("val"))) {
          paragraph.endsSection = false;
        }
      }
      default -> {}
    }
  }

  private void end(String name) {
    words = false;
    switch (name) {
      case "pPr" -> {
        if (!paragraphs.isEmpty()) {
          paragraphs.peek().inProperties = false;
        }
      }
      case "r" -> hidden = false;
      case "p" -> endParagraph();
      case "tc" -> endCell();
      case "tr" -> endRow();
      case "tbl" -> {
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
    if (!rows.isEmpty()) {
      rows.peek().cell.append(paragraph.text).append('\n');
      return;
    }
    give(paragraph);
    if (paragraph.endsSection) {
      pages.askedBreak();
    }
  }

  private void give(Paragraph paragraph) {
    WordStyle style = paragraph.style;
    if (style.heading() == 0 && paragraph.outline > 0) {
      style = new WordStyle(paragraph.outline, style.title(), false);
    } else if (style.heading() == 0 && paragraph.numbered) {
      style = new WordStyle(0, false, true);
    }
    pages.paragraph(style, paragraph.level, paragraph.text.toString());
    paragraph.text.setLength(0);
  }

  private void endCell() {
    if (!rows.isEmpty()) {
      Row row = rows.peek();
      row.cells.add(PlainText.collapse(row.cell));
      row.cell.setLength(0);
    }
  }

  /** A row of an inner table becomes words of the outer one's cell. */
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

  private void lineOrPageBreak(Xml xml) {
    if (!"page".equals(xml.attribute("type"))) {
      append("\n");
    } else if (rows.isEmpty() && paragraphs.size() == 1) {
      give(paragraphs.getFirst());
      pages.askedBreak();
    } else {
      breakInRow = !rows.isEmpty();
    }
  }

  private void laidOutBreak() {
    if (!rows.isEmpty()) {
      breakInRow = true;
    } else if (paragraphs.size() == 1) {
      give(paragraphs.getFirst());
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

  private boolean properties() {
    return !paragraphs.isEmpty() && paragraphs.peek().inProperties;
  }

  private WordStyle style(Xml xml) {
    String id = Objects.requireNonNullElse(xml.attribute("val"), "");
    return DocxParts.style(styles, id);
  }

  private static int level(Xml xml) {
    String level = xml.attribute("val");
    return level != null && level.matches("[0-8]") ? level.charAt(0) - '0' : 0;
  }

  private static final class Paragraph {
    private final StringBuilder text = new StringBuilder();
    private WordStyle style = WordStyle.PLAIN;
    private boolean numbered;
    private boolean inProperties;
    private boolean endsSection;
    private int level;

    /** Level of a heading that is one without a style, 0 for none. */
    private int outline;
  }

  private static final class Row {
    private final List<String> cells = new ArrayList<>();
    private final StringBuilder cell = new StringBuilder();
  }
}
