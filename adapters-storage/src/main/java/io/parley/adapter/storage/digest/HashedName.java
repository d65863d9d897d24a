package io.parley.adapter.storage.digest;

import io.parley.domain.document.DocumentName;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A name for a document whose own name a store cannot keep apart from every other: a readable
 * start, a tilde and 128 bits of the SHA-256 of the name's UTF-16 units, all in lower-case ASCII.
 */
public final class HashedName {
  private static final int READABLE = 40;
  private static final int HASH_BYTES = 16;

  private HashedName() {}

  public static String of(DocumentName name) {
    return readable(name.value()) + "~" + hash(name.value());
  }

  private static String readable(String value) {
    String start = value.substring(0, Math.min(value.length(), READABLE));
    return start.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  private static String hash(String value) {
    // Not through a charset: it would turn all lone surrogates into the same question mark.
    ByteBuffer units = ByteBuffer.allocate(value.length() * Character.BYTES);
    units.asCharBuffer().put(value);
    return HexFormat.of().formatHex(Sha256.create().digest(units.array()), 0, HASH_BYTES);
  }
}
