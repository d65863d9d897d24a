package io.parley.adapter.ai.extraction.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Word documents, read from their XML as a stream. Pages are those of the last time Word laid the
 * document out, as far as the file tells; a document without any page break is one page.
 */
final class DocxReader implements DocumentReader {

  @Override
  public @Nullable String read(Path file, Pages pages) throws IOException {
    OleContainer.refuse(file);
    try (ZipParts parts = ZipParts.open(file)) {
      Map<String, WordStyle> styles = DocxParts.styles(parts);
      Map<String, String> notes = DocxParts.notes(parts);
      WordPages target = new WordPages(new Sections(pages));
      DocxBody body = new DocxBody(target, styles, notes);
      try (InputStream xml = parts.require(parts.mainPart("word/document.xml"))) {
        body.read(new Xml(xml));
      }
      target.finish();
      String title = DocxParts.title(parts);
      return title != null ? title : target.title();
    } catch (XMLStreamException e) {
      throw new IOException("Not well-formed", e);
    }
  }
}
