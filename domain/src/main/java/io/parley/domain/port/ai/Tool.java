package io.parley.domain.port.ai;

/**
 * Something that a chat model may ask to have done for it.
 *
 * @param name as {@link #requireName} says, so that every vendor takes it
 * @param description what it does and when to use it, for the model, 1 to 1,024 characters
 * @param parameters the JSON Schema of its arguments, an object, as JSON text of at most 32,768
 *     characters
 */
public record Tool(String name, String description, String parameters) {
  private static final String NAME = "[A-Za-z_][A-Za-z0-9_-]{0,63}";
  private static final int LONGEST_DESCRIPTION = 1_024;
  private static final int LONGEST_SCHEMA = 32_768;

  public Tool {
    requireName(name);
    if (description.isBlank() || description.length() > LONGEST_DESCRIPTION) {
      throw new IllegalArgumentException("A tool is described in 1 to 1,024 characters.");
    }
    if (parameters.isBlank() || parameters.length() > LONGEST_SCHEMA) {
      throw new IllegalArgumentException("A tool's schema has 1 to 32,768 characters.");
    }
  }

  /**
   * A tool's name has 1 to 64 letters of ASCII, digits, underscores and hyphens, and begins with a
   * letter or an underscore.
   *
   * @throws IllegalArgumentException otherwise
   */
  static String requireName(String name) {
    if (!name.matches(NAME)) {
      throw new IllegalArgumentException("This is no name of a tool.");
    }
    return name;
  }
}
