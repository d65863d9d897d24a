package io.parley.adapter.ai.extraction.worker;

import java.util.Objects;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** The shapes of one slide, or of the page with its notes. */
final class PptxShapes {

  private final SlidePage page;
  private final StringBuilder text = new StringBuilder();
  private boolean notes;
  private boolean words;
  private boolean inTable;
  private boolean passed;
  private boolean body;
  private int level;

  PptxShapes(SlidePage page) {
    this.page = page;
  }

  /** Gives whether the slide is shown; of a hidden one nothing is read. */
  boolean read(Xml xml) throws XMLStreamException {
    while (xml.next()) {
      if (xml.isStart()) {
        if (xml.name().equals("sld") && isOff(xml.attribute("show"))) {
          return false;
        }
        start(xml);
      } else if (xml.isEnd()) {
        end(xml.name());
      } else if (words) {
        append(xml.text());
      }
    }
    return true;
  }

  void readNotes(Xml xml) throws XMLStreamException {
    notes = true;
    read(xml);
  }

  private void start(Xml xml) throws XMLStreamException {
    words = xml.name().equals("a:t");
    switch (xml.name()) {
      case "Fallback" -> xml.skip();
      case "sp" -> {
        passed = notes;
        body = false;
        page.beginShape(false, false);
      }
      case "ph" -> placeholder(Objects.requireNonNullElse(xml.attribute("type"), "obj"));
      case "a:p" -> {
        text.setLength(inTable ? text.length() : 0);
        level = 0;
      }
      case "a:pPr" -> level = level(xml);
      case "a:br" -> append("\n");
      case "a:tbl" -> inTable = true;
      default -> {}
    }
  }

  private void placeholder(String type) {
    switch (type) {
      case "title", "ctrTitle" -> page.beginShape(!notes, false);
      case "body", "obj" -> {
        passed = notes && !type.equals("body");
        body = true;
        page.beginShape(false, true);
      }
      case "sldNum", "dt", "ftr", "hdr", "sldImg" -> passed = true;
      default -> {}
    }
  }

  private void end(String name) {
    words = false;
    switch (name) {
      case "a:p" -> endParagraph();
      case "a:tc" -> {
        page.cell(text.toString());
        text.setLength(0);
      }
      case "a:tr" -> page.endRow();
      case "a:tbl" -> {
        inTable = false;
        page.endTable();
      }
      case "sp" -> page.endShape();
      default -> {}
    }
  }

  private void endParagraph() {
    if (inTable) {
      text.append(' ');
    } else if (notes && body && !passed) {
      page.note(text.toString());
    } else if (!notes && !passed) {
      page.paragraph(level, text.toString());
    }
  }

  private void append(String more) {
    text.append(more);
    if (text.length() > Pages.MAX_PAGE) {
      throw new UnreadableException(Problem.TOO_MUCH_TEXT);
    }
  }

  private static boolean isOff(@Nullable String flag) {
    return "0".equals(flag) || "false".equals(flag);
  }

  private static int level(Xml xml) {
    String level = xml.attribute("lvl");
    return level != null && level.matches("[0-8]") ? level.charAt(0) - '0' : 0;
  }
}
