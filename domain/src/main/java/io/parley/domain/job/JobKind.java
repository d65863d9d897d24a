package io.parley.domain.job;

/** What is to be done. */
public enum JobKind {
  /** Take a version of a source in. */
  INGEST,
  /** Erase a source. */
  ERASE_SOURCE,
  /** Erase a bot with all its sources. */
  ERASE_BOT,
  /** Erase an account with all its bots. */
  ERASE_ACCOUNT
}
