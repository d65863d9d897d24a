package io.parley.application.bot;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.UserScope;
import io.parley.domain.bot.Bot;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.Listing;
import io.parley.domain.port.persistence.BotRepository;
import java.util.Optional;

/** Shows bots. */
public final class BrowseBots {
  private final BotRepository bots;
  private final CreateBot createBot;

  public BrowseBots(BotRepository bots, CreateBot createBot) {
    this.bots = bots;
    this.createBot = createBot;
  }

  /** The caller's own, newest first; the clone is among them. */
  public Listing<Bot> list(UserScope scope, ListRequest request) {
    createBot.cloneOf(scope);
    return bots.list(scope, request);
  }

  /** Empty when the bot is gone. What a stranger may not see is the caller's to hide. */
  public Optional<Bot> find(BotScope scope) {
    return bots.find(scope);
  }
}
