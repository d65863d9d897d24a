package io.parley.application.validation;

import java.util.List;

/** What was sent is understood but not acceptable; says which fields and why. */
public final class InvalidInput extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Field> fields;

  /**
   * A field that is not acceptable.
   *
   * @param name as it is called in the HTTP interface
   * @param detail a sentence that a person can act on
   */
  public record Field(String name, String detail) {}

  public InvalidInput(List<Field> fields) {
    super(fields.getFirst().detail());
    this.fields = List.copyOf(fields);
  }

  public InvalidInput(String name, String detail) {
    this(List.of(new Field(name, detail)));
  }

  /** At least one. */
  public List<Field> fields() {
    return fields;
  }
}
