package io.parley.domain.document;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of file that Parley reads. */
public enum ContentType {
  PDF("application/pdf", "pdf"),
  DOCX("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
  TEXT("text/plain", "txt"),
  MARKDOWN("text/markdown", "md"),
  HTML("text/html", "html");

  private final String mediaType;
  private final String extension;

  ContentType(String mediaType, String extension) {
    this.mediaType = mediaType;
    this.extension = extension;
  }

  public String mediaType() {
    return mediaType;
  }

  /** The usual file name extension, without its dot. */
  public String extension() {
    return extension;
  }

  public static Optional<ContentType> ofMediaType(String mediaType) {
    return Arrays.stream(values()).filter(t -> t.mediaType.equals(mediaType)).findFirst();
  }
}
