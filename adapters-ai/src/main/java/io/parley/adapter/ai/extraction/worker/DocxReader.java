package io.parley.adapter.ai.extraction.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Word documents, read from their XML as a stream. Pages are those of the last time Word laid the
 * document out, as far as the file tells; a document without any page break is one page.
 */
final class DocxReader implements DocumentReader {

  private static final byte[] OLE = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};

  @Override
  public @Nullable String read(Path file, Pages pages) throws IOException {
    if (isOle(file)) {
      throw new UnreadableException(Problem.ENCRYPTED_DOCX);
    }
    try (DocxPackage parts = DocxPackage.open(file)) {
      Map<String, DocxStyle> styles = DocxParts.styles(parts);
      Map<String, String> notes = DocxParts.notes(parts);
      DocxPages target = new DocxPages(new Sections(pages));
      DocxBody body = new DocxBody(target, styles, notes);
      try (InputStream xml = parts.require(parts.mainPart())) {
        body.read(new Xml(xml));
      }
      target.finish();
      String title = DocxParts.title(parts);
      return title != null ? title : target.title();
    } catch (XMLStreamException e) {
      throw new IOException("Not well-formed", e);
    }
  }

  /** Word wraps a protected document in another container, which is no zip file. */
  private static boolean isOle(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(OLE.length), OLE);
    }
  }
}
