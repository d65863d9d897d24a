package io.parley.adapter.ai.extraction;

import org.apache.tika.Tika;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MimeTypes;

/**
 * What Tika knows about formats that are written in characters: some of them, such as RTF and
 * PostScript, are programs for a printer rather than something to read.
 */
final class TextFormats {

  static final String PLAIN = "text/plain";

  private TextFormats() {}

  static String mediaType(byte[] head) {
    return Known.TIKA.detect(head);
  }

  static boolean isText(String mediaType) {
    MediaType type = MediaType.parse(mediaType);
    return type != null
        && (type.equals(MediaType.OCTET_STREAM)
            || MimeTypes.getDefaultMimeTypes()
                .getMediaTypeRegistry()
                .isInstanceOf(type, MediaType.TEXT_PLAIN)
            || isHtml(mediaType))
        && !mediaType.equals("application/rtf")
        && !mediaType.equals("application/postscript");
  }

  static boolean isHtml(String mediaType) {
    return mediaType.equals("text/html") || mediaType.equals("application/xhtml+xml");
  }

  /** Loaded when the first file comes: reading Tika's table takes a moment. */
  private static final class Known {
    private static final Tika TIKA = new Tika();
  }
}
