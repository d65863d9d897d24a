package io.parley.domain.transfer;

import io.parley.domain.document.SourceId;

/**
 * A part of an archive that holds lines. They stand in this order: accounts, bots, then for each
 * source in the order of ids its document, its files and its texts, then conversations.
 */
public sealed interface Section {

  /** Tenants, users, identities. */
  record Accounts() implements Section {}

  record Bots() implements Section {}

  /** A source, and its versions in their order. Their files follow. */
  record Document(SourceId source) implements Section {}

  /**
   * The pages of each version in their order, and then its chunks. Comes after all files of the
   * source: where it is missing, a file was not there any more, and the document is left out.
   */
  record Texts(SourceId source) implements Section {}

  /** Each conversation, and its messages in their order behind it. */
  record Conversations() implements Section {}
}
