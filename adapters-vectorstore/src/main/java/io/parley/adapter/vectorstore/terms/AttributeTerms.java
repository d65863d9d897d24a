package io.parley.adapter.vectorstore.terms;

import io.parley.domain.retrieval.ChunkAttributes;
import io.parley.domain.retrieval.FilterField;
import io.parley.domain.retrieval.FilterValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.NumericUtils;
import org.jspecify.annotations.Nullable;

/**
 * Attributes as terms of one field: path, kind, value, in bytes whose order is the values' order.
 * One field for all paths, because every field of an index costs memory, and owners choose the
 * paths.
 */
public final class AttributeTerms {

  /** What a term says about its path. The order keeps each kind's values together. */
  public enum Kind {
    EXISTS(0),
    TEXT(1),
    NUMBER(2),
    TRUTH(3),
    TIME(4);

    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }
  }

  /** A filter cannot name a longer path. */
  private static final int MAX_PATH = 200;

  private final Set<BytesRef> terms = new LinkedHashSet<>();

  private AttributeTerms() {}

  /** Everything that a filter may ask of a chunk with these attributes. */
  public static Set<BytesRef> of(ChunkAttributes attributes) {
    AttributeTerms made = new AttributeTerms();
    made.known(FilterField.Known.DOCUMENT_ID, text(attributes.ref().source().toString()));
    made.known(FilterField.Known.CONTENT_TYPE, text(attributes.contentType()));
    made.known(FilterField.Known.UPLOADED_AT, new FilterValue.Time(attributes.uploadedAt()));
    String language = attributes.language();
    if (language != null) {
      made.known(FilterField.Known.LANGUAGE, text(language));
    }
    attributes.metadata().values().forEach(made::metadata);
    return made.terms;
  }

  /** The term of a value that a field may have. */
  public static BytesRef term(FilterField field, FilterValue value) {
    return joined(prefix(field, kind(value)), bytes(value));
  }

  /** What all terms of a field's kind begin with. */
  public static BytesRef prefix(FilterField field, Kind kind) {
    String path =
        switch (field) {
          case FilterField.Known known -> "k" + known;
          case FilterField.InMetadata in -> "m" + in.path();
        };
    // No path holds a NUL, so none is another one's beginning.
    byte[] name = (path + '\0').getBytes(StandardCharsets.UTF_16BE);
    return joined(new BytesRef(name), new byte[] {kind.code});
  }

  /** What a value is. */
  public static Kind kind(FilterValue value) {
    return switch (value) {
      case FilterValue.Text _ -> Kind.TEXT;
      case FilterValue.Decimal _ -> Kind.NUMBER;
      case FilterValue.Truth _ -> Kind.TRUTH;
      case FilterValue.Time _ -> Kind.TIME;
    };
  }

  private static byte[] bytes(FilterValue value) {
    return switch (value) {
      case FilterValue.Text(String text) -> codeUnits(text);
      case FilterValue.Decimal(double number) ->
          // -0.0 + 0.0 is 0.0: both zeros are one value.
          sortable(NumericUtils.doubleToSortableLong(number + 0.0));
      case FilterValue.Truth(boolean truth) -> new byte[] {(byte) (truth ? 1 : 0)};
      case FilterValue.Time(Instant time) -> sortable(millis(time));
    };
  }

  /** Not by a charset, which would replace half of a surrogate pair. */
  private static byte[] codeUnits(String text) {
    ByteBuffer buffer = ByteBuffer.allocate(2 * text.length());
    buffer.asCharBuffer().put(text);
    return buffer.array();
  }

  /** A time too far away for milliseconds is as far as they go. */
  private static long millis(Instant time) {
    try {
      return time.toEpochMilli();
    } catch (ArithmeticException e) {
      return time.isAfter(Instant.EPOCH) ? Long.MAX_VALUE : Long.MIN_VALUE;
    }
  }

  private static byte[] sortable(long value) {
    byte[] bytes = new byte[Long.BYTES];
    NumericUtils.longToSortableBytes(value, bytes, 0);
    return bytes;
  }

  private void known(FilterField field, FilterValue value) {
    terms.add(prefix(field, Kind.EXISTS));
    terms.add(term(field, value));
  }

  private void metadata(String path, @Nullable Object value) {
    if (value == null || path.isBlank() || path.length() > MAX_PATH) {
      return;
    }
    FilterField.InMetadata field = new FilterField.InMetadata(path);
    if (!(value instanceof List<?>)) {
      // A list is there when one of its items is.
      terms.add(prefix(field, Kind.EXISTS));
    }
    switch (value) {
      case String text -> terms.add(term(field, text(text)));
      case Number number -> terms.add(term(field, new FilterValue.Decimal(number.doubleValue())));
      case Boolean truth -> terms.add(term(field, new FilterValue.Truth(truth)));
      case List<?> items -> items.forEach(item -> metadata(path, item));
      case Map<?, ?> object -> object.forEach((key, item) -> metadata(path + "." + key, item));
      default -> throw new IllegalArgumentException("Not a value of metadata.");
    }
  }

  private static FilterValue text(String value) {
    return new FilterValue.Text(value);
  }

  /** The first term behind all that begin with the prefix. */
  public static BytesRef afterAll(BytesRef prefix) {
    BytesRef next = BytesRef.deepCopyOf(prefix);
    next.bytes[next.offset + next.length - 1]++;
    return next;
  }

  /** Not a number equals nothing and has no order. */
  public static boolean isEqualToItself(FilterValue value) {
    return !(value instanceof FilterValue.Decimal(double number) && Double.isNaN(number));
  }

  /** Whether the term is a value of a kind that has an order. */
  public static boolean hasOrder(BytesRef term) {
    int at = term.offset;
    while (term.bytes[at] != 0 || term.bytes[at + 1] != 0) {
      at += Character.BYTES;
    }
    byte kind = term.bytes[at + Character.BYTES];
    return kind != Kind.EXISTS.code && kind != Kind.TRUTH.code;
  }

  private static BytesRef joined(BytesRef head, byte[] tail) {
    byte[] all = new byte[head.length + tail.length];
    System.arraycopy(head.bytes, head.offset, all, 0, head.length);
    System.arraycopy(tail, 0, all, head.length, tail.length);
    return new BytesRef(all);
  }
}
