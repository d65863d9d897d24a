package io.parley.adapter.ai.extraction.worker;

import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** XML of an Office part, event by event; declarations are refused, and so is endless nesting. */
final class Xml {

  private static final int MAX_DEPTH = 1_000;
  private static final XMLInputFactory FACTORY = factory();

  private final XMLStreamReader in;
  private int depth;

  Xml(InputStream in) throws XMLStreamException {
    this.in = FACTORY.createXMLStreamReader(in);
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    // Java's own limit would call a document broken that is only too deep.
    factory.setProperty("jdk.xml.maxElementDepth", String.valueOf(2 * MAX_DEPTH));
    return factory;
  }

  /** Goes to the next event; false at the end. */
  boolean next() throws XMLStreamException {
    if (!in.hasNext()) {
      return false;
    }
    int event = in.next();
    if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
      throw new UnreadableException(Problem.FOREIGN_XML);
    }
    depth += event == XMLStreamConstants.START_ELEMENT ? 1 : 0;
    depth -= event == XMLStreamConstants.END_ELEMENT ? 1 : 0;
    if (depth > MAX_DEPTH) {
      throw new UnreadableException(Problem.TOO_DEEP);
    }
    return true;
  }

  boolean isStart() {
    return in.isStartElement();
  }

  boolean isEnd() {
    return in.isEndElement();
  }

  /** The element's local name, with {@code a:} before it when it belongs to a drawing. */
  String name() {
    String space = in.getNamespaceURI();
    boolean drawing =
        space != null && space.contains("drawingml") && !space.contains("wordprocessing");
    return drawing ? "a:" + in.getLocalName() : in.getLocalName();
  }

  /** The value of an attribute, by its local name. */
  @Nullable String attribute(String name) {
    for (int i = 0; i < in.getAttributeCount(); i++) {
      if (in.getAttributeLocalName(i).equals(name)) {
        return in.getAttributeValue(i);
      }
    }
    return null;
  }

  /** The id of the part that the element refers to, which stands beside an id of its own. */
  @Nullable String relation() {
    for (int i = 0; i < in.getAttributeCount(); i++) {
      String space = in.getAttributeNamespace(i);
      if (in.getAttributeLocalName(i).equals("id")
          && space != null
          && space.endsWith("/relationships")) {
        return in.getAttributeValue(i);
      }
    }
    return null;
  }

  /** Whether an on/off element such as {@code <w:vanish/>} is on. */
  boolean isOn() {
    String value = attribute("val");
    return value == null || !(value.equals("0") || value.equals("false") || value.equals("off"));
  }

  /** The words at this event; empty when it has none. */
  String text() {
    return in.isCharacters() ? in.getText() : "";
  }

  /** Leaves the element that was just entered. */
  void skip() throws XMLStreamException {
    int inside = depth;
    while (depth >= inside && next()) {
      // Everything in it is passed over.
    }
  }
}
