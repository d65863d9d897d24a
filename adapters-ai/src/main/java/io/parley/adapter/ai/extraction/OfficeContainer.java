package io.parley.adapter.ai.extraction;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Recognises Word documents by what their zip file lists first, without unpacking them. */
final class OfficeContainer {

  private static final String ZIP = "PK\u0003\u0004";
  private static final String OLE = "\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1";
  private static final int HEADER = 30;
  private static final int LIST = 262_144;

  private OfficeContainer() {}

  static boolean isWord(byte[] head) {
    if (Bytes.startsWith(head, OLE)) {
      return isProtected(head);
    }
    return Bytes.startsWith(head, ZIP) && (listsWordPart(head) || declaresWord(head));
  }

  /** A password-protected document of today's Office, Word's or another's. */
  private static boolean isProtected(byte[] head) {
    String name =
        new String(
            "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1);
    return Bytes.indexOf(head, name, head.length) >= 0;
  }

  /** Whether a local file header names a part of a Word document. */
  private static boolean listsWordPart(byte[] head) {
    for (int at = 0; at + HEADER < head.length; at++) {
      boolean header =
          head[at] == 'P' && head[at + 1] == 'K' && head[at + 2] == 3 && head[at + 3] == 4;
      if (header && nameAt(head, at).startsWith("word/")) {
        return true;
      }
    }
    return false;
  }

  private static String nameAt(byte[] head, int header) {
    int length = (head[header + 26] & 0xFF) | (head[header + 27] & 0xFF) << 8;
    int end = Math.min(head.length, header + HEADER + length);
    return new String(head, header + HEADER, end - header - HEADER, StandardCharsets.ISO_8859_1);
  }

  /** Whether the list of content types, which comes first, has a Word document's main part. */
  private static boolean declaresWord(byte[] head) {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(head))) {
      ZipEntry first = zip.getNextEntry();
      return first != null
          && first.getName().equals("[Content_Types].xml")
          && new String(zip.readNBytes(LIST), StandardCharsets.UTF_8).contains("wordprocessingml.");
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }
}
