package io.parley.domain.retrieval;

/** What a filter can look at. */
public sealed interface FilterField {

  /** A field that every source has. */
  enum Known implements FilterField {
    /** Compared with source ids as text. */
    DOCUMENT_ID,
    /** Compared with media types as text. */
    CONTENT_TYPE,
    /** Compared with ISO-8601 times. */
    UPLOADED_AT,
    /** Compared with ISO 639-1 codes. */
    LANGUAGE
  }

  /**
   * A value of the owner's metadata.
   *
   * @param path keys from the outermost inwards, joined by dots; a list matches when one of its
   *     items does
   */
  record InMetadata(String path) implements FilterField {
    public InMetadata {
      if (path.isBlank() || path.length() > 200) {
        throw new IllegalArgumentException("A metadata path has 1 to 200 characters.");
      }
    }
  }
}
