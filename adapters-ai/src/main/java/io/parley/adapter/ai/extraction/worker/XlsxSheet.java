package io.parley.adapter.ai.extraction.worker;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** One sheet's rows, as they come. Hidden rows and columns are passed over. */
final class XlsxSheet {

  private static final int MAX_CELL = 100_000;

  private final SheetPages pages;
  private final List<String> strings;
  private final XlsxStyles styles;
  private final Set<Integer> hiddenColumns = new HashSet<>();
  private final SheetRow row = new SheetRow(hiddenColumns);
  private final StringBuilder value = new StringBuilder();
  private int number;
  private int column;
  private boolean words;
  private String type = "n";
  private @Nullable String style;

  XlsxSheet(SheetPages pages, List<String> strings, XlsxStyles styles) {
    this.pages = pages;
    this.strings = strings;
    this.styles = styles;
  }

  void read(Xml xml) throws XMLStreamException {
    while (xml.next()) {
      if (xml.isStart()) {
        start(xml);
      } else if (xml.isEnd()) {
        end(xml.name());
      } else if (words && value.length() < MAX_CELL) {
        value.append(xml.text());
      }
    }
  }

  private void start(Xml xml) throws XMLStreamException {
    words = false;
    switch (xml.name()) {
      case "col" -> hide(xml);
      case "row" -> startRow(xml);
      case "c" -> startCell(xml);
      case "v", "t" -> words = true;
      case "rPh" -> xml.skip();
      default -> {}
    }
  }

  private void hide(Xml xml) {
    if (!isOn(xml.attribute("hidden"))) {
      return;
    }
    int last = Math.min(number(xml.attribute("max"), 0), SheetRow.LAST + 1);
    for (int i = Math.max(1, number(xml.attribute("min"), 1)); i <= last; i++) {
      hiddenColumns.add(i - 1);
    }
  }

  private void startRow(Xml xml) throws XMLStreamException {
    row.clear();
    column = -1;
    number = number(xml.attribute("r"), number + 1);
    if (isOn(xml.attribute("hidden"))) {
      xml.skip();
    }
  }

  private void startCell(Xml xml) {
    value.setLength(0);
    type = Objects.requireNonNullElse(xml.attribute("t"), "n");
    style = xml.attribute("s");
    column = column(xml.attribute("r"), column + 1);
  }

  private void end(String name) {
    words = false;
    if (name.equals("c")) {
      row.put(column, shown(value.toString()));
    } else if (name.equals("row")) {
      pages.row(number, row.cells());
      row.clear();
    }
  }

  private String shown(String raw) {
    if (raw.isEmpty()) {
      return "";
    }
    return switch (type) {
      case "s" -> {
        int place = number(raw.strip(), -1);
        yield place >= 0 && place < strings.size() ? strings.get(place) : "";
      }
      case "b" -> raw.equals("1") ? "TRUE" : "FALSE";
      case "n" -> number(raw);
      case "d" -> raw.replaceFirst("T00:00(:00(\\.0+)?)?$", "").replace('T', ' ');
      default -> raw;
    };
  }

  private String number(String raw) {
    try {
      return styles.shown(Double.parseDouble(raw), style);
    } catch (NumberFormatException e) {
      return raw;
    }
  }

  private static boolean isOn(@Nullable String flag) {
    return "1".equals(flag) || "true".equals(flag);
  }

  private static int number(@Nullable String digits, int otherwise) {
    return digits != null && digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : otherwise;
  }

  /** The column of a cell's address, counted from 0: of {@code C7} it is 2. */
  private static int column(@Nullable String address, int otherwise) {
    int column = 0;
    for (int i = 0; address != null && i < Math.min(address.length(), 4); i++) {
      char c = address.charAt(i);
      if (c < 'A' || c > 'Z') {
        break;
      }
      column = column * 26 + c - 'A' + 1;
    }
    return column == 0 ? otherwise : column - 1;
  }
}
