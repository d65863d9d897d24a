package io.parley.domain.port.storage;

import io.parley.domain.document.ContentType;
import io.parley.domain.document.DocumentName;

/**
 * How a previewed file presents itself. Only types that cannot run script are shown in place;
 * others are downloads.
 */
public record PreviewAs(DocumentName name, ContentType contentType) {

  /** Whether a browser may show it in place. */
  public boolean inline() {
    return contentType == ContentType.PDF || contentType == ContentType.TEXT;
  }
}
