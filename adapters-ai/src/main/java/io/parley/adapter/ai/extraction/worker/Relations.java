package io.parley.adapter.ai.extraction.worker;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Which parts of an office package a part refers to. */
final class Relations {

  /** One reference. */
  private record Relation(String id, String type, String target) {}

  private final String part;
  private final List<Relation> relations = new ArrayList<>();

  private Relations(String part) {
    this.part = part;
  }

  static Relations of(ZipParts parts, String part) throws IOException, XMLStreamException {
    Relations found = new Relations(part);
    int name = part.lastIndexOf('/') + 1;
    Optional<InputStream> listed =
        parts.find(part.substring(0, name) + "_rels/" + part.substring(name) + ".rels");
    if (listed.isPresent()) {
      try (InputStream in = listed.get()) {
        found.read(new Xml(in));
      }
    }
    return found;
  }

  private void read(Xml xml) throws XMLStreamException {
    while (xml.next()) {
      if (!xml.isStart() || "External".equals(xml.attribute("TargetMode"))) {
        continue;
      }
      String id = xml.attribute("Id");
      String target = xml.attribute("Target");
      if (id != null && target != null) {
        String type = Objects.requireNonNullElse(xml.attribute("Type"), "");
        relations.add(new Relation(id, type, target));
      }
    }
  }

  /** The part that goes by this id here. */
  Optional<String> byId(@Nullable String id) {
    return relations.stream()
        .filter(r -> r.id.equals(id))
        .findFirst()
        .flatMap(r -> resolved(r.target));
  }

  /** The first part of this type, such as {@code notesSlide}. */
  Optional<String> byType(String type) {
    return relations.stream()
        .filter(r -> r.type.endsWith("/" + type))
        .findFirst()
        .flatMap(r -> resolved(r.target));
  }

  private Optional<String> resolved(String target) {
    try {
      String path = URI.create("/" + part).resolve(target).getPath();
      return path == null || path.length() < 2 ? Optional.empty() : Optional.of(path.substring(1));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
