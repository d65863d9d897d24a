package io.parley.adapter.ai.extraction.worker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.poi.hwpf.HWPFDocument;
import org.apache.poi.hwpf.HWPFDocumentCore;
import org.apache.poi.hwpf.HWPFOldDocument;
import org.apache.poi.hwpf.OldWordFileFormatException;
import org.apache.poi.hwpf.model.StyleDescription;
import org.apache.poi.hwpf.usermodel.CharacterRun;
import org.apache.poi.hwpf.usermodel.Paragraph;
import org.apache.poi.hwpf.usermodel.Range;
import org.apache.poi.poifs.filesystem.DirectoryNode;

/**
 * Word documents up to 2003: paragraphs, headings, lists, tables, asked page breaks; foot- and
 * endnotes at the end.
 */
final class DocText {

  private static final Pattern HEADING = Pattern.compile("heading ([1-9])");
  private static final char CELL_END = '\u0007';
  private static final char PAGE_END = '\f';

  private final WordPages pages;
  private final List<String> cells = new ArrayList<>();
  private final StringBuilder cell = new StringBuilder();
  private boolean inTable;

  DocText(WordPages pages) {
    this.pages = pages;
  }

  void read(DirectoryNode root) throws IOException {
    try (HWPFDocument document = new HWPFDocument(root)) {
      body(document, document.getRange());
      notes(document.getFootnoteRange());
      notes(document.getEndnoteRange());
    } catch (OldWordFileFormatException e) {
      readOld(root);
    }
    pages.finish();
  }

  private void readOld(DirectoryNode root) throws IOException {
    try (HWPFOldDocument document = new HWPFOldDocument(root)) {
      body(document, document.getRange());
    }
  }

  private void body(HWPFDocumentCore document, Range range) {
    for (int i = 0; i < range.numParagraphs(); i++) {
      paragraph(document, range.getParagraph(i));
    }
    endTable();
  }

  private void paragraph(HWPFDocumentCore document, Paragraph paragraph) {
    String text = seen(paragraph);
    if (paragraph.isInTable()) {
      inTable = true;
      row(paragraph, text);
      return;
    }
    endTable();
    if (paragraph.pageBreakBefore()) {
      pages.laidOutBreak();
    }
    WordStyle style = style(document, paragraph);
    int level = Math.clamp(paragraph.getIlvl(), 0, 8);
    String rest = text;
    for (int at = rest.indexOf(PAGE_END); at >= 0; at = rest.indexOf(PAGE_END)) {
      pages.paragraph(style, level, clean(rest.substring(0, at)));
      pages.askedBreak();
      rest = rest.substring(at + 1);
    }
    pages.paragraph(style, level, clean(rest));
  }

  private void row(Paragraph paragraph, String text) {
    if (paragraph.isTableRowEnd()) {
      pages.row(List.copyOf(cells));
      cells.clear();
      cell.setLength(0);
      return;
    }
    cell.append(clean(text)).append(' ');
    if (text.indexOf(CELL_END) >= 0) {
      cells.add(PlainText.collapse(cell));
      cell.setLength(0);
    }
  }

  private void endTable() {
    if (inTable) {
      pages.endTable();
      inTable = false;
    }
  }

  private void notes(Range notes) {
    for (int i = 0; i < notes.numParagraphs(); i++) {
      pages.paragraph(WordStyle.PLAIN, 0, clean(seen(notes.getParagraph(i))));
    }
  }

  /** What was deleted under revision, and what is hidden, is passed over. */
  private static String seen(Paragraph paragraph) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < paragraph.numCharacterRuns(); i++) {
      CharacterRun run = paragraph.getCharacterRun(i);
      if (!run.isVanished() && !run.isMarkedDeleted()) {
        text.append(run.text());
      }
    }
    return text.toString();
  }

  /** Without field instructions; Word's line break is a vertical tab. */
  private static String clean(String text) {
    return Range.stripFields(text)
        .replace(CELL_END, ' ')
        .replace(PAGE_END, ' ')
        .replace('\u000B', '\n')
        .replace('\u001E', '-')
        .replace("\u001F", "");
  }

  private static WordStyle style(HWPFDocumentCore document, Paragraph paragraph) {
    int outline = paragraph.getLvl();
    boolean list = paragraph.getIlfo() > 0;
    StyleDescription style =
        document.getStyleSheet() == null
            ? null
            : document.getStyleSheet().getStyleDescription(paragraph.getStyleIndex());
    String name = style == null || style.getName() == null ? "" : style.getName();
    Matcher heading = HEADING.matcher(name.toLowerCase(Locale.ROOT));
    if (heading.lookingAt()) {
      return new WordStyle(heading.group(1).charAt(0) - '0', false, false);
    }
    if (name.equalsIgnoreCase("title")) {
      return new WordStyle(1, true, false);
    }
    return outline >= 0 && outline < 9
        ? new WordStyle(outline + 1, false, false)
        : new WordStyle(0, false, list);
  }
}
