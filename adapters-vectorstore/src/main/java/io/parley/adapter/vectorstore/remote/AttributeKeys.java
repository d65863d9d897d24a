package io.parley.adapter.vectorstore.remote;

import io.parley.domain.retrieval.FilterField;
import io.parley.domain.retrieval.FilterValue;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Names that paths and values of attributes have in a store of others: the beginning of their
 * digest. They are short whatever owners wrote, need no quoting, and say nothing.
 */
final class AttributeKeys {
  /** 80 bits: nobody can make two of them meet by chance. */
  private static final int BYTES = 10;

  private AttributeKeys() {}

  /** What a chunk has that has anything in the field. */
  static String exists(FilterField field) {
    return digest("exists", field, ByteBuffer.allocate(0));
  }

  /** What a chunk has that has the value in the field. */
  static String term(FilterField field, FilterValue value) {
    return switch (value) {
      case FilterValue.Text(String text) -> digest("text", field, units(text));
      case FilterValue.Decimal(double number) ->
          digest("number", field, eight(Double.doubleToLongBits(plain(number))));
      case FilterValue.Truth(boolean truth) -> digest("truth", field, eight(truth ? 1 : 0));
      case FilterValue.Time(Instant time) -> digest("time", field, eight(millis(time)));
    };
  }

  /** Under which a number of the field is kept that has an order. */
  static String ordered(FilterField field, FilterValue value) {
    String kind = value.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    return digest("order of " + kind, field, ByteBuffer.allocate(0));
  }

  /** Both zeros are one number. */
  static double plain(double number) {
    return number + 0.0;
  }

  /** A time too far away for milliseconds is as far as they go. */
  static long millis(Instant time) {
    try {
      return time.toEpochMilli();
    } catch (ArithmeticException e) {
      return time.isAfter(Instant.EPOCH) ? Long.MAX_VALUE : Long.MIN_VALUE;
    }
  }

  private static String digest(String kind, FilterField field, ByteBuffer value) {
    String path =
        switch (field) {
          case FilterField.Known known -> "k" + known;
          case FilterField.InMetadata in -> "m" + in.path();
        };
    MessageDigest digest = sha256();
    // Neither kinds nor paths hold a NUL, so that no pair reads like another.
    digest.update(units(kind + '\0' + path + '\0'));
    digest.update(value);
    return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
  }

  /** Not by a charset, which would replace half of a surrogate pair. */
  private static ByteBuffer units(String text) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * text.length());
    bytes.asCharBuffer().put(text);
    return bytes;
  }

  private static ByteBuffer eight(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(0, value);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }
}
