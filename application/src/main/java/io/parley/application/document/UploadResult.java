package io.parley.application.document;

import io.parley.domain.document.Document;

/** What became of an upload. */
public sealed interface UploadResult {

  /** Kept, and queued to be taken in: it will not be lost. */
  record Accepted(Document document) implements UploadResult {}

  /** The bot has these bytes already; a failed document is tried again. */
  record AlreadyThere(Document document) implements UploadResult {}

  /** More bytes than allowed; nothing was kept. */
  record TooLarge(long maxBytes) implements UploadResult {}

  /** No bytes; nothing was kept. */
  record Empty() implements UploadResult {}

  /** Not a type that Parley reads; nothing was kept. */
  record Unsupported() implements UploadResult {}

  /** There is no such document, or bot. */
  record Gone() implements UploadResult {}
}
