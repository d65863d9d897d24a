package io.parley.application.bot;

import io.parley.domain.access.Access;
import io.parley.domain.access.Actor;
import io.parley.domain.access.Permission;
import io.parley.domain.bot.BotId;
import io.parley.domain.port.persistence.BotRepository;

/** The access check: turns an actor and a bot's id into a scope. */
public final class AuthorizeBot {
  private final BotRepository bots;

  public AuthorizeBot(BotRepository bots) {
    this.bots = bots;
  }

  /** Unknown bots and somebody else's are both hidden. */
  public Access.Decision check(Actor actor, BotId bot, Permission wanted) {
    return bots.findGrant(actor, bot)
        .map(grant -> Access.check(actor, grant, wanted))
        .orElseGet(Access.Decision.Hidden::new);
  }
}
