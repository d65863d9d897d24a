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
      case PPTX -> new PptxReader();
      case XLSX -> new XlsxReader();
      case DOC, PPT, XLS -> new OleReader();
      case ODT -> new OdtReader();
      case RTF -> new RtfReader();
      case EPUB -> new EpubReader();
      case EML -> new EmlReader();
      case CSV -> new CsvTableReader();
      case JSON -> new JsonReader();
      case TEXT -> new TextReader();
      case MARKDOWN -> new MarkdownReader();
      case HTML -> new HtmlReader();
    };
  }

  static Problem broken(ContentType type) {
    return switch (type) {
      case PDF -> Problem.BROKEN_PDF;
      case DOCX, PPTX, XLSX, DOC, PPT, XLS, ODT, RTF -> Problem.BROKEN_OFFICE;
      case JSON -> Problem.BROKEN_JSON;
      case EPUB, EML, CSV, TEXT, MARKDOWN, HTML -> Problem.BROKEN_FILE;
    };
  }

  static Problem empty(ContentType type) {
    return type == ContentType.PDF ? Problem.SCANNED_PDF : Problem.NO_TEXT;
  }
}
