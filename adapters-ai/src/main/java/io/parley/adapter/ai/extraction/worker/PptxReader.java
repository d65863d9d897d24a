package io.parley.adapter.ai.extraction.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** PowerPoint's presentations of today: a page a slide, with its notes. */
final class PptxReader implements DocumentReader {

  @Override
  public @Nullable String read(Path file, Pages pages) throws IOException {
    OleContainer.refuse(file);
    try (ZipParts parts = ZipParts.open(file)) {
      String show = parts.mainPart("ppt/presentation.xml");
      for (String slide : slides(parts, show)) {
        read(parts, slide, pages);
      }
      return DocxParts.title(parts);
    } catch (XMLStreamException e) {
      throw new IOException("Not well-formed", e);
    }
  }

  private static List<String> slides(ZipParts parts, String show)
      throws IOException, XMLStreamException {
    Relations relations = Relations.of(parts, show);
    List<String> slides = new ArrayList<>();
    try (InputStream in = parts.require(show)) {
      Xml xml = new Xml(in);
      while (xml.next()) {
        if (xml.isStart() && xml.name().equals("sldId")) {
          relations.byId(xml.relation()).ifPresent(slides::add);
        }
      }
    }
    return slides;
  }

  private static void read(ZipParts parts, String slide, Pages pages)
      throws IOException, XMLStreamException {
    SlidePage page = new SlidePage();
    Optional<InputStream> part = parts.find(slide);
    if (part.isPresent()) {
      boolean seen;
      try (InputStream in = part.get()) {
        seen = new PptxShapes(page).read(new Xml(in));
      }
      Optional<String> notes = Relations.of(parts, slide).byType("notesSlide");
      if (seen && notes.isPresent()) {
        notes(parts, notes.get(), page);
      }
    }
    page.give(pages);
  }

  private static void notes(ZipParts parts, String notes, SlidePage page)
      throws IOException, XMLStreamException {
    Optional<InputStream> part = parts.find(notes);
    if (part.isPresent()) {
      try (InputStream in = part.get()) {
        new PptxShapes(page).readNotes(new Xml(in));
      }
    }
  }
}
