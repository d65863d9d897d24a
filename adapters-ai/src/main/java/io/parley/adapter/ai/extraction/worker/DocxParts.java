package io.parley.adapter.ai.extraction.worker;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** The small parts beside a Word document's text: styles, notes, title. */
final class DocxParts {

  private static final Pattern HEADING_ID = Pattern.compile("Heading([1-9])");
  private static final Pattern HEADING = Pattern.compile("heading ([1-9])");

  private DocxParts() {}

  static Optional<String> mainPart(Xml xml) throws XMLStreamException {
    while (xml.next()) {
      String type = xml.isStart() ? xml.attribute("Type") : null;
      String target =
          type != null && type.endsWith("/officeDocument") ? xml.attribute("Target") : null;
      if (target != null) {
        return Optional.of(target.startsWith("/") ? target.substring(1) : target);
      }
    }
    return Optional.empty();
  }

  static @Nullable String title(ZipParts parts) throws IOException, XMLStreamException {
    return title(parts, "docProps/core.xml");
  }

  static @Nullable String title(ZipParts parts, String where)
      throws IOException, XMLStreamException {
    Optional<InputStream> core = parts.find(where);
    if (core.isEmpty()) {
      return null;
    }
    try (InputStream in = core.get()) {
      Xml xml = new Xml(in);
      StringBuilder title = new StringBuilder();
      boolean inside = false;
      while (xml.next()) {
        if (xml.isStart() || xml.isEnd()) {
          inside = xml.isStart() && xml.name().equals("title");
        } else if (inside && title.length() < 300) {
          title.append(xml.text());
        }
      }
      String words = PlainText.collapse(PlainText.clean(title.toString()));
      return words.isEmpty() ? null : words;
    }
  }

  /** The text of each foot- and endnote by its kind and id, such as {@code footnote 3}. */
  static Map<String, String> notes(ZipParts parts) throws IOException, XMLStreamException {
    Map<String, String> notes = new HashMap<>();
    for (String kind : new String[] {"footnote", "endnote"}) {
      Optional<InputStream> part = parts.find("word/" + kind + "s.xml");
      if (part.isPresent()) {
        try (InputStream in = part.get()) {
          readNotes(new Xml(in), kind, notes);
        }
      }
    }
    return notes;
  }

  private static void readNotes(Xml xml, String kind, Map<String, String> notes)
      throws XMLStreamException {
    String id = null;
    boolean words = false;
    StringBuilder text = new StringBuilder();
    while (xml.next()) {
      if (xml.isStart()) {
        words = xml.name().equals("t");
        id = xml.name().equals(kind) ? xml.attribute("id") : id;
      } else if (xml.isEnd()) {
        words = false;
        text.append(xml.name().equals("p") ? " " : "");
        if (xml.name().equals(kind) && id != null) {
          notes.put(kind + " " + id, PlainText.collapse(text));
          text.setLength(0);
        }
      } else if (words) {
        text.append(xml.text());
      }
    }
  }

  /** The style by its id; the usual ids are known also where a document does not define them. */
  static WordStyle style(Map<String, WordStyle> styles, String id) {
    WordStyle defined = styles.get(id);
    if (defined != null) {
      return defined;
    }
    Matcher heading = HEADING_ID.matcher(id);
    return heading.matches()
        ? new WordStyle(heading.group(1).charAt(0) - '0', false, false)
        : id.equals("Title") ? new WordStyle(1, true, false) : WordStyle.PLAIN;
  }

  static Map<String, WordStyle> styles(ZipParts parts) throws IOException, XMLStreamException {
    Optional<InputStream> part = parts.find("word/styles.xml");
    if (part.isEmpty()) {
      return Map.of();
    }
    try (InputStream in = part.get()) {
      return readStyles(new Xml(in));
    }
  }

  private static Map<String, WordStyle> readStyles(Xml xml) throws XMLStreamException {
    Map<String, WordStyle> styles = new HashMap<>();
    Map<String, String> parents = new HashMap<>();
    String id = null;
    while (xml.next()) {
      if (!xml.isStart()) {
        continue;
      }
      if (xml.name().equals("style")) {
        id = xml.attribute("styleId");
      }
      String value = xml.attribute("val");
      if (id == null) {
        continue;
      }
      if (xml.name().equals("basedOn") && value != null) {
        parents.put(id, value);
      }
      WordStyle told = told(xml.name(), value);
      if (told != null) {
        styles.merge(id, told, DocxParts::both);
      }
    }
    return inherited(styles, parents);
  }

  private static @Nullable WordStyle told(String element, @Nullable String value) {
    if (element.equals("numPr")) {
      return new WordStyle(0, false, true);
    }
    if (value == null) {
      return null;
    }
    if (element.equals("name")) {
      Matcher heading = HEADING.matcher(value.toLowerCase(Locale.ROOT));
      boolean title = value.equalsIgnoreCase("title");
      return new WordStyle(
          heading.matches() ? heading.group(1).charAt(0) - '0' : title ? 1 : 0, title, false);
    }
    boolean outline = element.equals("outlineLvl") && value.matches("[0-8]");
    return outline ? new WordStyle(value.charAt(0) - '0' + 1, false, false) : null;
  }

  private static WordStyle both(WordStyle one, WordStyle other) {
    return new WordStyle(
        one.heading() > 0 ? one.heading() : other.heading(),
        one.title() || other.title(),
        one.list() || other.list());
  }

  /** A style says what its ancestors say, where it says nothing itself. */
  private static Map<String, WordStyle> inherited(
      Map<String, WordStyle> own, Map<String, String> parents) {
    Map<String, WordStyle> all = new HashMap<>(own);
    for (String id : parents.keySet()) {
      WordStyle style = own.getOrDefault(id, WordStyle.PLAIN);
      String parent = parents.get(id);
      for (int steps = 0; parent != null && steps < 20; steps++) {
        style = both(style, own.getOrDefault(parent, WordStyle.PLAIN));
        parent = parents.get(parent);
      }
      all.put(id, style);
    }
    return all;
  }
}
