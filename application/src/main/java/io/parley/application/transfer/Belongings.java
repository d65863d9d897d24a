package io.parley.application.transfer;

import io.parley.domain.account.User;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.Bot;
import io.parley.domain.bot.BotId;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.port.PortFailure;
import io.parley.domain.transfer.ArchivedSource;
import io.parley.domain.transfer.Identity;
import io.parley.domain.transfer.Selection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whose the things in an archive are: it brings nothing for bots that it does not bring. */
final class Belongings {

  /** Of accounts, and of bots: their ids are held in memory. */
  static final int MOST = 1_000_000;

  private final @Nullable BotId only;
  private final Supplier<String> place;
  private final Set<BotId> bots = new HashSet<>();
  private @Nullable UserId owner;
  private int users;

  Belongings(Selection selection, Supplier<String> place) {
    this.only = selection instanceof Selection.OneBot(BotId bot) ? bot : null;
    this.place = place;
  }

  boolean has(BotId bot) {
    return bots.contains(bot);
  }

  private void require(boolean fits, String otherwise) {
    if (!fits) {
      throw damage(otherwise);
    }
  }

  private PortFailure damage(String what) {
    return ArchiveDamage.at(place.get(), what);
  }

  void user(User user) {
    require(users < MOST, "an archive has at most " + MOST + " accounts");
    require(only == null || users == 0, "the archive of a bot has one account, its owner's");
    users++;
    owner = user.id();
  }

  void identity(Identity identity) {
    require(only == null || identity.user().equals(owner), "the identity is of another account");
  }

  void bot(Bot bot) {
    require(bots.size() < MOST, "an archive has at most " + MOST + " bots");
    require(only == null || bot.id().equals(only), "the archive is of another bot");
    require(only == null || bot.owner().equals(owner), "the account of the bot's owner is missing");
    require(bots.add(bot.id()), "the bot is there twice");
  }

  void document(ArchivedSource source) {
    require(has(source.bot()), "the document is of a bot that is not in the archive");
  }

  /** One of a bot that is gone may stand in an archive of everything. */
  void conversation(Conversation conversation) {
    require(
        only == null || (has(conversation.bot()) && conversation.asker().equals(owner)),
        "the conversation is not of the bot's owner with the bot");
  }

  void end() {
    require(only == null || has(only), "the bot is missing");
  }
}
