package io.parley.application.transfer;

import io.parley.domain.account.User;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.Bot;
import io.parley.domain.conversation.Conversation;
import org.jspecify.annotations.Nullable;

/**
 * To whom a bot and the conversations with it go.
 *
 * @param account of this installation; absent when they stay with whom they are
 */
record NewOwner(@Nullable User account) {

  boolean bringsAccounts() {
    return account == null;
  }

  UserId of(Bot bot) {
    return account == null ? bot.owner() : account.id();
  }

  UserId of(Conversation conversation) {
    return account == null ? conversation.asker() : account.id();
  }

  /** A clone is somebody's; given to another it is a bot like any other. */
  Bot given(Bot bot) {
    return account == null
        ? bot
        : new Bot(
            bot.id(),
            account.tenant(),
            account.id(),
            bot.profile(),
            bot.status(),
            false,
            bot.createdAt(),
            bot.updatedAt());
  }

  Conversation given(Conversation conversation) {
    return account == null
        ? conversation
        : new Conversation(
            conversation.id(),
            account.tenant(),
            account.id(),
            conversation.bot(),
            conversation.title(),
            conversation.metadata(),
            conversation.messageCount(),
            conversation.createdAt(),
            conversation.updatedAt());
  }
}
