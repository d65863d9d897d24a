package io.parley.domain.access;

/** What may be done in a scope. */
public enum Permission {
  /** Search and ask. */
  ASK,
  /** List and open documents, see the bot's prompt and configuration. */
  READ,
  /** Change, add, erase. */
  WRITE
}
