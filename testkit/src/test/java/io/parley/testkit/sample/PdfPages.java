package io.parley.testkit.sample;

import io.parley.testkit.sample.SampleSource.Heading;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.GregorianCalendar;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PageMode;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDDocumentOutline;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineNode;

/** The pages of one PDF while they are being filled from top to bottom. */
final class PdfPages {

  /** A heading and the number of the page it stands on, from 1. */
  record Bookmark(Heading heading, int page) {}

  private static final Instant PRINTED = Instant.parse("2024-01-01T00:00:00Z");
  private static final float SMALL = 8.5f;

  private final PDDocument document;
  private final PageLayout layout;
  private final String running;
  private final List<Bookmark> bookmarks = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private PDPageContentStream page;
  private float y;

  PdfPages(PDDocument document, PageLayout layout, String running) throws IOException {
    this.document = document;
    this.layout = layout;
    this.running = running;
    this.page = newPage();
  }

  List<Bookmark> bookmarks() {
    return List.copyOf(bookmarks);
  }

  void startPage() throws IOException {
    close();
    page = newPage();
  }

  void titleLine(String text) throws IOException {
    var first = y > layout.paper().getHeight() - layout.margin() - 40;
    y -= first ? 90 : 10;
    wrapped(text, layout.bold(), first ? 21 : layout.size() + 1);
  }

  void heading(Heading heading) throws IOException {
    var size = heading.level() == 1 ? layout.size() + 6 : layout.size() + 2;
    ensure(5 * layout.leading());
    y -= 6;
    bookmarks.add(new Bookmark(heading, document.getNumberOfPages()));
    wrapped(heading.text(), layout.bold(), size);
    y -= 3;
  }

  void contentsLine(Bookmark mark) throws IOException {
    var chapter = mark.heading().level() == 1;
    var left = layout.margin() + (chapter ? 0 : 14);
    y -= layout.leading();
    show(
        mark.heading().text(),
        chapter ? layout.bold() : layout.regular(),
        layout.size() - 0.5f,
        left);
    show(
        String.valueOf(mark.page()),
        layout.regular(),
        layout.size() - 0.5f,
        layout.margin() + layout.width() - 14);
  }

  void paragraph(String text) throws IOException {
    wrapped(text, layout.regular(), layout.size());
    y -= layout.leading() * 0.45f;
  }

  void table(List<List<String>> rows) throws IOException {
    var columns = columnWidths(rows);
    y -= 2;
    for (var row : rows) {
      row(row, columns, row == rows.getFirst() ? layout.bold() : layout.regular());
    }
    rule();
    y -= layout.leading() * 0.6f;
  }

  void footnote(String text) {
    notes.add(text);
  }

  /** Prints what belongs to the foot of the current page. */
  void close() throws IOException {
    var noteLines = noteLines();
    y = layout.margin() - 6 + noteLines.size() * SMALL * 1.3f;
    if (!noteLines.isEmpty()) {
      rule();
    }
    for (var line : noteLines) {
      y -= SMALL * 1.3f;
      show(line, layout.regular(), SMALL, layout.margin());
    }
    notes.clear();
    y = layout.margin() - 24;
    show(running, layout.regular(), SMALL, layout.margin());
    var number = String.valueOf(document.getNumberOfPages());
    show(number, layout.regular(), SMALL, layout.margin() + layout.width() - 14);
    page.close();
  }

  void describe(String title, String author) {
    var info = document.getDocumentInformation();
    info.setTitle(title);
    info.setAuthor(author);
    info.setCreationDate(GregorianCalendar.from(ZonedDateTime.ofInstant(PRINTED, ZoneOffset.UTC)));
    document.setDocumentId((long) title.hashCode());
    var catalog = document.getDocumentCatalog();
    catalog.setLanguage("en");
    catalog.setPageMode(PageMode.USE_OUTLINES);
    catalog.setDocumentOutline(outline());
  }

  private PDDocumentOutline outline() {
    var outline = new PDDocumentOutline();
    PDOutlineNode chapter = outline;
    for (var mark : bookmarks) {
      var item = new PDOutlineItem();
      item.setTitle(mark.heading().text());
      item.setDestination(document.getPage(mark.page() - 1));
      var isChapter = mark.heading().level() == 1;
      (isChapter ? outline : chapter).addLast(item);
      chapter = isChapter ? item : chapter;
    }
    return outline;
  }

  private PDPageContentStream newPage() throws IOException {
    var sheet = new PDPage(layout.paper());
    document.addPage(sheet);
    y = layout.paper().getHeight() - layout.margin() + layout.size();
    return new PDPageContentStream(document, sheet);
  }

  private void wrapped(String text, PDFont font, float size) throws IOException {
    for (var line : breaker(font, size, layout.width()).lines(text)) {
      ensure(size * 1.35f);
      y -= size * 1.35f;
      show(line, font, size, layout.margin());
    }
  }

  private void row(List<String> row, float[] columns, PDFont font) throws IOException {
    var size = layout.size() - 1.5f;
    var cells = new ArrayList<List<String>>();
    for (var i = 0; i < row.size(); i++) {
      cells.add(breaker(font, size, columns[i] - 6).lines(row.get(i)));
    }
    var height = cells.stream().mapToInt(List::size).max().orElse(1) * size * 1.3f;
    ensure(height + 4);
    rule();
    var top = y;
    var left = layout.margin();
    for (var i = 0; i < cells.size(); i++) {
      y = top - 1;
      for (var line : cells.get(i)) {
        y -= size * 1.3f;
        show(line, font, size, left);
      }
      left += columns[i];
    }
    y = top - height - 4;
  }

  /** Shares the line among columns by their longest cell; none counts for more than 45 % of it. */
  private float[] columnWidths(List<List<String>> rows) {
    var widths = new float[rows.getFirst().size()];
    var total = 0f;
    for (var i = 0; i < widths.length; i++) {
      for (var row : rows) {
        widths[i] =
            Math.max(
                widths[i], 8 + PageLayout.widthOf(row.get(i), layout.bold(), layout.size() - 1.5f));
      }
      widths[i] = Math.min(widths[i], layout.width() * 0.45f);
      total += widths[i];
    }
    for (var i = 0; i < widths.length; i++) {
      widths[i] *= layout.width() / total;
    }
    return widths;
  }

  private List<String> noteLines() {
    return notes.stream()
        .flatMap(note -> breaker(layout.regular(), SMALL, layout.width()).lines(note).stream())
        .toList();
  }

  private LineBreaker breaker(PDFont font, float size, float width) {
    return new LineBreaker(text -> PageLayout.widthOf(text, font, size), width);
  }

  private void ensure(float height) throws IOException {
    if (y - height < layout.margin() + noteLines().size() * SMALL * 1.3f) {
      startPage();
    }
  }

  private void rule() throws IOException {
    page.setLineWidth(0.4f);
    page.moveTo(layout.margin(), y);
    page.lineTo(layout.margin() + layout.width(), y);
    page.stroke();
  }

  private void show(String text, PDFont font, float size, float x) throws IOException {
    page.beginText();
    page.setFont(font, size);
    page.newLineAtOffset(x, y);
    page.showText(text);
    page.endText();
  }
}
