package io.parley.adapter.ai.extraction.worker;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.apache.poi.ss.usermodel.BuiltinFormats;
import org.jspecify.annotations.Nullable;

/** How a workbook shows its numbers. */
final class XlsxStyles {

  private final CellNumber numbers;
  private final Map<Integer, String> formats = new HashMap<>();

  /** The format's number of each cell style. */
  private final List<Integer> styles = new ArrayList<>();

  private XlsxStyles(boolean from1904) {
    this.numbers = new CellNumber(from1904);
  }

  static XlsxStyles of(ZipParts parts, Relations workbook, boolean from1904)
      throws IOException, XMLStreamException {
    XlsxStyles styles = new XlsxStyles(from1904);
    Optional<String> name = workbook.byType("styles");
    Optional<InputStream> part = name.isEmpty() ? Optional.empty() : parts.find(name.get());
    if (part.isPresent()) {
      try (InputStream in = part.get()) {
        styles.read(new Xml(in));
      }
    }
    return styles;
  }

  private void read(Xml xml) throws XMLStreamException {
    boolean cells = false;
    while (xml.next()) {
      if (xml.isEnd()) {
        cells &= !xml.name().equals("cellXfs");
      } else if (xml.isStart()) {
        cells |= xml.name().equals("cellXfs");
        String format = xml.attribute("formatCode");
        if (xml.name().equals("numFmt") && format != null) {
          formats.put(number(xml.attribute("numFmtId")), format);
        } else if (xml.name().equals("xf") && cells) {
          styles.add(number(xml.attribute("numFmtId")));
        }
      }
    }
  }

  /** The number as the sheet shows it in a cell of this style. */
  String shown(double value, @Nullable String style) {
    int place = number(style);
    int index = place < styles.size() ? styles.get(place) : 0;
    String own = formats.get(index);
    return numbers.of(value, index, own != null ? own : BuiltinFormats.getBuiltinFormat(index));
  }

  private static int number(@Nullable String digits) {
    return digits != null && digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : 0;
  }
}
