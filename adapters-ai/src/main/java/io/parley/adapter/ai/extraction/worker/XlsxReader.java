package io.parley.adapter.ai.extraction.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Excel's workbooks of today, read from their XML as a stream: the sheets that are seen, in their
 * order, with the values that formulas had when the workbook was saved.
 */
final class XlsxReader implements DocumentReader {

  /** One sheet that is seen, by its name and its part's. */
  private record Sheet(String name, String part) {}

  private final List<Sheet> sheets = new ArrayList<>();
  private boolean from1904;

  @Override
  public @Nullable String read(Path file, Pages pages) throws IOException {
    OleContainer.refuse(file);
    try (ZipParts parts = ZipParts.open(file)) {
      String workbook = parts.mainPart("xl/workbook.xml");
      Relations relations = Relations.of(parts, workbook);
      try (InputStream in = parts.require(workbook)) {
        list(new Xml(in), relations);
      }
      XlsxStyles styles = XlsxStyles.of(parts, relations, from1904);
      List<String> strings = XlsxStrings.of(parts, relations);
      SheetPages target = new SheetPages(pages);
      for (Sheet sheet : sheets) {
        target.begin(sheet.name);
        read(parts, sheet, new XlsxSheet(target, strings, styles));
        target.end();
      }
      return DocxParts.title(parts);
    } catch (XMLStreamException e) {
      throw new IOException("Not well-formed", e);
    }
  }

  private void list(Xml xml, Relations relations) throws XMLStreamException {
    while (xml.next()) {
      if (!xml.isStart()) {
        continue;
      }
      if (xml.name().equals("workbookPr")) {
        String date = xml.attribute("date1904");
        from1904 = "1".equals(date) || "true".equals(date);
      }
      boolean seen = xml.attribute("state") == null || "visible".equals(xml.attribute("state"));
      if (xml.name().equals("sheet") && seen) {
        String name = Objects.requireNonNullElse(xml.attribute("name"), "");
        relations.byId(xml.relation()).ifPresent(part -> sheets.add(new Sheet(name, part)));
      }
    }
  }

  private static void read(ZipParts parts, Sheet sheet, XlsxSheet reader)
      throws IOException, XMLStreamException {
    Optional<InputStream> part = parts.find(sheet.part);
    if (part.isPresent()) {
      try (InputStream in = part.get()) {
        reader.read(new Xml(in));
      }
    }
  }
}
