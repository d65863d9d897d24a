package io.parley.testkit.sample;

import io.parley.testkit.sample.SampleSource.Footnote;
import io.parley.testkit.sample.SampleSource.Heading;
import io.parley.testkit.sample.SampleSource.PageEnd;
import io.parley.testkit.sample.SampleSource.Paragraph;
import io.parley.testkit.sample.SampleSource.Table;
import io.parley.testkit.sample.SampleSource.TitleLine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.poi.xwpf.usermodel.BreakType;
import org.apache.poi.xwpf.usermodel.XWPFDocument;

/** Sets a {@link SampleSource} as a Word document with headings and tables. */
final class DocxTypesetter {

  private static final Instant PRINTED = Instant.parse("2024-01-01T00:00:00Z");

  private final SampleSource source;

  DocxTypesetter(SampleSource source) {
    this.source = source;
  }

  void write(Path target) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var document = new XWPFDocument()) {
      describe(document);
      for (var block : source.blocks()) {
        switch (block) {
          case Heading heading -> heading(document, heading);
          case TitleLine line -> paragraph(document, line.text());
          case Paragraph paragraph -> paragraph(document, paragraph.text());
          case Table table -> table(document, table.rows());
          case Footnote note ->
              document.createFootnote().createParagraph().createRun().setText(note.text());
          case PageEnd end -> document.createParagraph().createRun().addBreak(BreakType.PAGE);
        }
      }
      document.write(bytes);
    }
    Files.write(target, withFixedTimes(bytes.toByteArray()));
  }

  private void describe(XWPFDocument document) {
    var properties = document.getProperties().getCoreProperties();
    properties.setTitle(source.front("title"));
    properties.setCreator(source.front("author"));
    properties.setCreated(Optional.of(Date.from(PRINTED)));
    properties.setModified(Optional.of(Date.from(PRINTED)));
    document.createStyles();
  }

  private static void heading(XWPFDocument document, Heading heading) {
    var paragraph = document.createParagraph();
    paragraph.setStyle("Heading" + heading.level());
    var properties = paragraph.getCTP().getPPr();
    properties.addNewOutlineLvl().setVal(BigInteger.valueOf(heading.level() - 1L));
    var run = paragraph.createRun();
    run.setBold(true);
    run.setFontSize(heading.level() == 1 ? 20 : 14);
    run.setText(heading.text());
  }

  private static void paragraph(XWPFDocument document, String text) {
    document.createParagraph().createRun().setText(text.replace("~", ""));
  }

  private static void table(XWPFDocument document, List<List<String>> rows) {
    var table = document.createTable(rows.size(), rows.getFirst().size());
    for (var r = 0; r < rows.size(); r++) {
      for (var c = 0; c < rows.get(r).size(); c++) {
        table.getRow(r).getCell(c).setText(rows.get(r).get(c));
      }
    }
    document.createParagraph();
  }

  /** A zip entry carries the time it was made; a document made twice shall be the same twice. */
  private static byte[] withFixedTimes(byte[] zip) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var from = new ZipInputStream(new ByteArrayInputStream(zip));
        var to = new ZipOutputStream(out)) {
      for (var entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
        var copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(LocalDateTime.of(2024, 1, 1, 0, 0));
        to.putNextEntry(copy);
        from.transferTo(to);
      }
    }
    return out.toByteArray();
  }
}
