package io.parley.application.document;

import io.parley.domain.document.Document;

/** What became of an upload. */
public sealed interface UploadResult {

  /** The document is there, and will not be lost. */
  sealed interface Taken extends UploadResult {
    Document document();
  }

  /** Nothing was kept. */
  sealed interface Refused extends UploadResult {}

  /** Kept, and queued to be taken in. */
  record Accepted(Document document) implements Taken {}

  /** The bot has these bytes already; a failed document is tried again. */
  record AlreadyThere(Document document) implements Taken {}

  /** More bytes than allowed. */
  record TooLarge(long maxBytes) implements Refused {}

  /** No bytes. */
  record Empty() implements Refused {}

  /** Not a type that Parley reads. */
  record Unsupported() implements Refused {}

  /** There is no such document, or bot; or it was erased just now. */
  record Gone() implements Refused {}

  /** The owner has as many documents waiting as an owner may have. */
  record TooManyWaiting(int most) implements Refused {}

  /** As many documents are waiting as all owners together may have. */
  record QueueFull() implements Refused {}
}
