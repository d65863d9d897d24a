package io.parley.adapter.ai.extraction;

import io.parley.domain.document.ContentType;
import io.parley.domain.port.ai.ContentTypeDetector;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells files by their first bytes: PDF and Word by their containers, text by the absence of
 * anything else, HTML by its markup. Only Markdown has no mark of its own, and goes by the name.
 */
public final class MagicContentTypeDetector implements ContentTypeDetector {

  private static final int PDF_WITHIN = 1024;

  @Override
  public Optional<ContentType> detect(byte[] head, String name) {
    if (Bytes.indexOf(head, "%PDF-", Math.min(head.length, PDF_WITHIN)) >= 0) {
      return Optional.of(ContentType.PDF);
    }
    if (OfficeContainer.isWord(head)) {
      return Optional.of(ContentType.DOCX);
    }
    return TextSample.of(head).map(text -> textType(text, name.toLowerCase(Locale.ROOT)));
  }

  private static ContentType textType(TextSample text, String name) {
    boolean markdown = name.endsWith(".md") || name.endsWith(".markdown");
    if (markdown) {
      return text.isWholePage() ? ContentType.HTML : ContentType.MARKDOWN;
    }
    return text.isHtml() ? ContentType.HTML : ContentType.TEXT;
  }
}
