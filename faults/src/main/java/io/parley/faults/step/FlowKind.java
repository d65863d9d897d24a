package io.parley.faults.step;

import java.util.Locale;

/** What is done until a process is halted. */
enum FlowKind {
  /** A new bot, a document, the same bytes again, a question. */
  INGEST,
  /** A document that is embedded in several batches. */
  LONG,
  /** A new version of a document that is there, while a search runs in a loop. */
  REPLACE,
  /** Work that is called off and asked for again. */
  CANCEL,
  /** A document that an answer speaks of is erased. */
  ERASE,
  /** A bot is erased with all that it knows. */
  ERASE_BOT,
  /** What an upload left that was cut off is looked for and removed. */
  RECONCILE,
  /** Nearly all of these one after another, some of them at once. */
  WHOLE;

  static FlowKind parse(String word) {
    return valueOf(word.replace('-', '_').toUpperCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return name().replace('_', '-').toLowerCase(Locale.ROOT);
  }
}
