package io.parley.adapter.ai.extraction.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * OpenDocument texts: headings, lists, tables and notes; pages where a break was asked for or the
 * program wrote down where it began one.
 */
final class OdtReader implements DocumentReader {

  @Override
  public @Nullable String read(Path file, Pages pages) throws IOException {
    try (ZipParts parts = ZipParts.open(file)) {
      if (isEncrypted(parts)) {
        throw new UnreadableException(Problem.ENCRYPTED_OFFICE);
      }
      WordPages target = new WordPages(new Sections(pages));
      try (InputStream in = parts.require("content.xml")) {
        new OdtBody(target).read(new Xml(in));
      }
      target.finish();
      String title = DocxParts.title(parts, "meta.xml");
      return title != null ? title : target.title();
    } catch (XMLStreamException e) {
      throw new IOException("Not well-formed", e);
    }
  }

  private static boolean isEncrypted(ZipParts parts) throws IOException, XMLStreamException {
    Set<String> names = new HashSet<>();
    Optional<InputStream> manifest = parts.find("META-INF/manifest.xml");
    if (manifest.isPresent()) {
      try (InputStream in = manifest.get()) {
        Xml xml = new Xml(in);
        while (xml.next()) {
          if (xml.isStart()) {
            names.add(xml.name());
          }
        }
      }
    }
    return names.contains("encryption-data");
  }
}
