package io.parley.adapter.ai.extraction;

import io.parley.domain.document.ContentType;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells old office documents by the streams that their container lists, or by how the first stream
 * begins. Where the list lies too far in, the name decides; the reader sees the whole file.
 */
final class OleHead {

  private static final String MARK = "\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1";
  private static final int ENTRY = 128;
  private static final int FIRST_SECTOR = 512;

  private OleHead() {}

  static boolean is(byte[] head) {
    return Bytes.startsWith(head, MARK);
  }

  static Optional<ContentType> typeOf(byte[] head, String name) {
    if (lists(head, "EncryptedPackage")) {
      return Optional.of(wrapped(name));
    }
    ContentType listed = listed(head);
    if (listed != null) {
      return Optional.of(listed);
    }
    ContentType begun = firstStream(head);
    return Optional.ofNullable(begun != null ? begun : named(head, name));
  }

  /** A protected document of today's programs; which one, only the name tells. */
  private static ContentType wrapped(String name) {
    if (name.endsWith(".xlsx")) {
      return ContentType.XLSX;
    }
    return name.endsWith(".pptx") ? ContentType.PPTX : ContentType.DOCX;
  }

  private static @Nullable ContentType listed(byte[] head) {
    if (lists(head, "WordDocument")) {
      return ContentType.DOC;
    }
    if (lists(head, "PowerPoint Document")) {
      return ContentType.PPT;
    }
    return lists(head, "Workbook") || lists(head, "Book") ? ContentType.XLS : null;
  }

  private static @Nullable ContentType firstStream(byte[] head) {
    if (head.length < FIRST_SECTOR + 4) {
      return null;
    }
    int first = head[FIRST_SECTOR] & 0xFF;
    int second = head[FIRST_SECTOR + 1] & 0xFF;
    if (first == 0xEC && second == 0xA5) {
      return ContentType.DOC;
    }
    return first == 0x09 && second == 0x08 ? ContentType.XLS : null;
  }

  private static @Nullable ContentType named(byte[] head, String name) {
    if (head.length < FIRST_SECTOR + ENTRY || lists(head, "Root Entry")) {
      return null;
    }
    if (name.endsWith(".doc")) {
      return ContentType.DOC;
    }
    if (name.endsWith(".xls")) {
      return ContentType.XLS;
    }
    return name.endsWith(".ppt") || name.endsWith(".pps") ? ContentType.PPT : null;
  }

  /** Whether an entry of the container's list has this name. */
  private static boolean lists(byte[] head, String stream) {
    byte[] name = (stream + "\0").getBytes(StandardCharsets.UTF_16LE);
    for (int at = FIRST_SECTOR; at + ENTRY <= head.length; at += ENTRY) {
      int length = (head[at + 64] & 0xFF) | (head[at + 65] & 0xFF) << 8;
      if (length == name.length && Bytes.isAt(head, at, name)) {
        return true;
      }
    }
    return false;
  }
}
