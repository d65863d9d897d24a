package io.parley.adapter.ai.extraction.worker;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;

/** The texts of a workbook, which its cells refer to by their number. */
final class XlsxStrings {

  /** Most UTF-16 units in all of them. */
  private static final long MOST = 40_000_000;

  private XlsxStrings() {}

  static List<String> of(ZipParts parts, Relations workbook)
      throws IOException, XMLStreamException {
    Optional<String> name = workbook.byType("sharedStrings");
    Optional<InputStream> part = name.isEmpty() ? Optional.empty() : parts.find(name.get());
    if (part.isEmpty()) {
      return List.of();
    }
    try (InputStream in = part.get()) {
      return read(new Xml(in));
    }
  }

  private static List<String> read(Xml xml) throws XMLStreamException {
    List<String> strings = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    boolean words = false;
    long all = 0;
    while (xml.next()) {
      if (xml.isStart()) {
        words = xml.name().equals("t");
        // How a name is pronounced stands beside it, in Japanese workbooks.
        if (xml.name().equals("rPh")) {
          xml.skip();
        }
      } else if (xml.isEnd()) {
        words = false;
        if (xml.name().equals("si")) {
          strings.add(text.toString());
          text.setLength(0);
        }
      } else if (words) {
        text.append(xml.text());
        all += xml.text().length();
        if (all > MOST) {
          throw new UnreadableException(Problem.TOO_MUCH_TEXT);
        }
      }
    }
    return strings;
  }
}
