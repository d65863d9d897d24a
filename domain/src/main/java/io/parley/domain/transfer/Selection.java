package io.parley.domain.transfer;

import io.parley.domain.bot.BotId;

/** What is exported. Nothing that is tombstoned, or on its way out, is part of either. */
public sealed interface Selection {

  /** Every account, bot, document and conversation. */
  record Everything() implements Selection {}

  /**
   * One bot, what it knows, its owner's account, and its owner's own conversations with it: nothing
   * of anybody else.
   */
  record OneBot(BotId bot) implements Selection {}
}
