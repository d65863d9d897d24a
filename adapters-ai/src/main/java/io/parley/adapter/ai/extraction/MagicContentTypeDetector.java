package io.parley.adapter.ai.extraction;

import io.parley.domain.document.ContentType;
import io.parley.domain.port.ai.ContentTypeDetector;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells files by their first bytes: PDF and RTF by their marks, office documents and books by what
 * their containers list, e-mails by their headers, JSON and tables by their form, HTML by its
 * markup, text by the absence of anything else. Only Markdown has no mark of its own, and goes by
 * the name.
 */
public final class MagicContentTypeDetector implements ContentTypeDetector {

  private static final int PDF_WITHIN = 1024;

  @Override
  public Optional<ContentType> detect(byte[] head, String name) {
    String known = name.toLowerCase(Locale.ROOT);
    if (Bytes.indexOf(head, "%PDF-", Math.min(head.length, PDF_WITHIN)) >= 0) {
      return Optional.of(ContentType.PDF);
    }
    if (ZipContainer.is(head)) {
      return ZipContainer.typeOf(head);
    }
    if (OleHead.is(head)) {
      return OleHead.typeOf(head, known);
    }
    if (Bytes.startsWith(head, "{\\rtf")) {
      return Optional.of(ContentType.RTF);
    }
    if (MessageHead.is(head, known)) {
      return Optional.of(ContentType.EML);
    }
    return TextSample.of(head).map(text -> textType(text, known));
  }

  private static ContentType textType(TextSample text, String name) {
    boolean markdown = name.endsWith(".md") || name.endsWith(".markdown");
    if (markdown) {
      return text.isWholePage() ? ContentType.HTML : ContentType.MARKDOWN;
    }
    if (text.isHtml()) {
      return ContentType.HTML;
    }
    if (DataText.isJson(text.start(), text.whole())) {
      return ContentType.JSON;
    }
    return DataText.isTable(text.start(), name) ? ContentType.CSV : ContentType.TEXT;
  }
}
