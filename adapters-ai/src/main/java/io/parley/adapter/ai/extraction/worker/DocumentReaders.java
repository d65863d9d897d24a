package io.parley.adapter.ai.extraction.worker;

import io.parley.domain.document.ContentType;

/** Which reader reads what, and how its failures are called. */
interface DocumentReaders {

  DocumentReader of(ContentType type);

  /** The readers of the types that Parley knows. */
  static DocumentReader standard(ContentType type) {
    return switch (type) {
      case PDF -> new PdfReader();
      case DOCX -> new DocxReader();
      case TEXT -> new TextReader();
      case MARKDOWN -> new MarkdownReader();
      case HTML -> new HtmlReader();
    };
  }

  static Problem broken(ContentType type) {
    return switch (type) {
      case PDF -> Problem.BROKEN_PDF;
      case DOCX -> Problem.BROKEN_DOCX;
      case TEXT, MARKDOWN, HTML -> Problem.BROKEN_FILE;
    };
  }

  static Problem empty(ContentType type) {
    return type == ContentType.PDF ? Problem.SCANNED_PDF : Problem.NO_TEXT;
  }
}
