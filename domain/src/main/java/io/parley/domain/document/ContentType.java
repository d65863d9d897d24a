package io.parley.domain.document;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kinds of file that Parley reads: the one list that every sentence about them comes from. */
public enum ContentType {
  PDF("PDF", "application/pdf", "pdf"),
  DOCX("DOCX", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
  DOC("DOC", "application/msword", "doc"),
  PPTX("PPTX", "application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
  PPT("PPT", "application/vnd.ms-powerpoint", "ppt"),
  XLSX("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
  XLS("XLS", "application/vnd.ms-excel", "xls"),
  ODT("ODT", "application/vnd.oasis.opendocument.text", "odt"),
  RTF("RTF", "application/rtf", "rtf"),
  EPUB("EPUB", "application/epub+zip", "epub"),
  EML("EML", "message/rfc822", "eml"),
  CSV("CSV", "text/csv", "csv"),
  JSON("JSON", "application/json", "json"),
  HTML("HTML", "text/html", "html"),
  MARKDOWN("Markdown", "text/markdown", "md"),
  TEXT("plain text", "text/plain", "txt");

  private final String label;
  private final String mediaType;
  private final String extension;

  ContentType(String label, String mediaType, String extension) {
    this.label = label;
    this.mediaType = mediaType;
    this.extension = extension;
  }

  /** What people call it. */
  public String label() {
    return label;
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

  /** All of them in words, such as {@code PDF, HTML or plain text}. */
  public static String listed() {
    ContentType[] all = values();
    return Stream.of(all)
            .limit(all.length - 1L)
            .map(ContentType::label)
            .collect(Collectors.joining(", "))
        + " or "
        + all[all.length - 1].label;
  }
}
