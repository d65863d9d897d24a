package io.parley.adapter.ai.extraction.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.domain.document.ContentType;
import io.parley.domain.document.PageText;
import io.parley.domain.document.PageText.Block;
import io.parley.domain.document.PageText.Block.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What one reader makes of one file.
 *
 * @param title the document's own
 * @param pages all of them
 */
record Reading(@Nullable String title, List<PageText> pages) {

  static Reading of(ContentType type, byte[] content) throws IOException {
    Path file = Files.createTempFile("reading", "");
    try {
      Files.write(file, content);
      List<PageText> pages = new ArrayList<>();
      Pages limited = new Pages(pages::add, 10_000_000, 1_000);
      return new Reading(DocumentReaders.standard(type).read(file, limited), pages);
    } finally {
      Files.delete(file);
    }
  }

  static Reading of(ContentType type, String content) throws IOException {
    return of(type, content.getBytes(UTF_8));
  }

  /** A Word document with this body. */
  static Reading ofWord(String body) throws IOException {
    return of(ContentType.DOCX, word(body, Map.of()));
  }

  static byte[] word(String body, Map<String, String> parts) throws IOException {
    String document =
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
            + " xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><w:body>"
            + body
            + "</w:body></w:document>";
    return zip(document, parts);
  }

  static byte[] zip(String document, Map<String, String> parts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("word/document.xml"));
      zip.write(document.getBytes(UTF_8));
      for (Map.Entry<String, String> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue().getBytes(UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  List<String> texts() {
    return pages.stream().map(PageText::text).toList();
  }

  List<String> blocks(Kind kind) {
    List<String> found = new ArrayList<>();
    for (PageText page : pages) {
      for (Block block : page.blocks()) {
        if (block.kind() == kind) {
          found.add(block.span().of(page.text()));
        }
      }
    }
    return found;
  }
}
