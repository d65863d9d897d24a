package io.parley.adapter.storage.filesystem;

import io.parley.domain.document.DocumentName;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A document's name as a file name that every file system keeps apart from every other: lower-case
 * ASCII, at most 100 characters. Plain names stay as they are. The others become a readable start,
 * a tilde (which no plain name has) and 128 bits of the SHA-256 of the name's UTF-16 units.
 */
final class SafeName {
  private static final Pattern PLAIN = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,98}[a-z0-9_-])?");

  /** Names of folders of versions, and of devices on Windows, with any ending. */
  private static final Pattern TAKEN =
      Pattern.compile("v[0-9]+|(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");

  private static final int READABLE = 40;
  private static final int HASH_BYTES = 16;

  private SafeName() {}

  static String of(DocumentName name) {
    String value = name.value();
    if (PLAIN.matcher(value).matches() && !TAKEN.matcher(value).matches()) {
      return value;
    }
    return readable(value) + "~" + hash(value);
  }

  private static String readable(String value) {
    String start = value.substring(0, Math.min(value.length(), READABLE));
    return start.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  private static String hash(String value) {
    // Not through a charset: it would turn all lone surrogates into the same question mark.
    ByteBuffer units = ByteBuffer.allocate(value.length() * Character.BYTES);
    units.asCharBuffer().put(value);
    byte[] digest = Sha256.create().digest(units.array());
    return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
  }
}
