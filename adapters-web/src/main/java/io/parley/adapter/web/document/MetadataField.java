package io.parley.adapter.web.document;

import io.parley.adapter.web.json.Fields;
import io.parley.adapter.web.problem.Problem;
import io.parley.domain.document.Metadata;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an owner attaches to a source. */
public final class MetadataField {
  private MetadataField() {}

  /**
   * The field {@code metadata}, empty where it is absent; ends with 422 when it is not acceptable.
   */
  public static Metadata of(Fields fields) {
    Map<String, @Nullable Object> values = fields.map("metadata");
    fields.check();
    return of(values);
  }

  /** The checker cannot see in class files that the values may be null. */
  @SuppressWarnings("NullAway")
  static Metadata of(Map<String, @Nullable Object> values) {
    try {
      return new Metadata(values);
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("metadata", String.valueOf(e.getMessage())).asException();
    }
  }
}
