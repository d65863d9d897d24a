package io.parley.adapter.ai.extraction;

import io.parley.domain.document.ContentType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** Tells documents in zip files by what these list first, nearly without unpacking anything. */
final class ZipContainer {

  private static final String ZIP = "PK\u0003\u0004";
  private static final int HEADER = 30;
  private static final int LIST = 262_144;
  private static final int DEFLATED = 8;

  private static final Map<String, ContentType> BY_DECLARATION =
      Map.of(
          "application/epub+zip", ContentType.EPUB,
          "application/vnd.oasis.opendocument.text", ContentType.ODT,
          "application/vnd.oasis.opendocument.text-template", ContentType.ODT);

  private ZipContainer() {}

  static boolean is(byte[] head) {
    return Bytes.startsWith(head, ZIP);
  }

  static Optional<ContentType> typeOf(byte[] head) {
    for (int at = 0; at >= 0 && at + HEADER < head.length; at = next(head, at)) {
      String name = nameAt(head, at);
      if (at == 0 && name.equals("mimetype")) {
        return Optional.ofNullable(BY_DECLARATION.get(stored(head)));
      }
      if (name.equals("xl/workbook.bin") || name.startsWith("xl/worksheets/sheet1.bin")) {
        return Optional.empty();
      }
      ContentType type = byPart(name);
      if (type != null) {
        return Optional.of(type);
      }
    }
    return declared(head);
  }

  private static @Nullable ContentType byPart(String name) {
    if (name.startsWith("word/")) {
      return ContentType.DOCX;
    }
    if (name.startsWith("ppt/")) {
      return ContentType.PPTX;
    }
    if (name.startsWith("xl/")) {
      return ContentType.XLSX;
    }
    return name.equals("META-INF/container.xml") ? ContentType.EPUB : null;
  }

  /** Where the next local header is; archives inside are passed over where sizes are told. */
  private static int next(byte[] head, int at) {
    int data = at + HEADER + number(head, at + 26, 2) + number(head, at + 28, 2);
    boolean told = (head[at + 6] & DEFLATED) == 0;
    int size = number(head, at + 18, 4);
    int from = told && size >= 0 ? data + size : data;
    if (from < data || from >= head.length) {
      return -1;
    }
    return Bytes.indexOf(head, ZIP, from, head.length);
  }

  private static int number(byte[] head, int at, int bytes) {
    int number = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      number = number << 8 | (head[at + i] & 0xFF);
    }
    return number;
  }

  private static String nameAt(byte[] head, int header) {
    int end = Math.min(head.length, header + HEADER + number(head, header + 26, 2));
    return new String(head, header + HEADER, end - header - HEADER, StandardCharsets.ISO_8859_1);
  }

  /** The words of the first entry, which says the type and must not be packed. */
  private static String stored(byte[] head) {
    int start = HEADER + number(head, 26, 2) + number(head, 28, 2);
    int size = Math.clamp(number(head, 22, 4), 0, 100);
    int end = Math.min(head.length, start + size);
    return start >= end
        ? ""
        : new String(head, start, end - start, StandardCharsets.ISO_8859_1).strip();
  }

  /** What the list of content types, where it comes first, has as a main part. */
  private static Optional<ContentType> declared(byte[] head) {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(head))) {
      ZipEntry first = zip.getNextEntry();
      if (first == null || !first.getName().equals("[Content_Types].xml")) {
        return Optional.empty();
      }
      String list = new String(zip.readNBytes(LIST), StandardCharsets.UTF_8);
      if (list.contains("wordprocessingml.")) {
        return Optional.of(ContentType.DOCX);
      }
      if (list.contains("presentationml.")) {
        return Optional.of(ContentType.PPTX);
      }
      return list.contains("spreadsheetml.") ? Optional.of(ContentType.XLSX) : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
