package io.parley.adapter.web.bot;

import io.parley.adapter.web.json.Ids;
import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.problem.ProblemKind;
import io.parley.adapter.web.security.Caller;
import io.parley.application.bot.AuthorizeBot;
import io.parley.application.bot.BrowseBots;
import io.parley.domain.access.Access;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.bot.Bot;
import io.parley.domain.bot.BotId;
import io.parley.domain.bot.BotStatus;
import jakarta.inject.Singleton;

/** Turns a caller and the id in a path into a scope, or ends the request. */
@Singleton
public final class BotAccess {
  private final AuthorizeBot authorize;
  private final BrowseBots bots;

  BotAccess(AuthorizeBot authorize, BrowseBots bots) {
    this.authorize = authorize;
    this.bots = bots;
  }

  /**
   * 404 for a bot that the caller may not know of, 403 for one that the caller may not do this
   * with.
   */
  public BotScope scope(Caller caller, BotId bot, Permission wanted) {
    return switch (authorize.check(caller.person(), bot, wanted)) {
      case Access.Decision.Granted granted -> granted.scope();
      case Access.Decision.Forbidden _ ->
          throw Problem.of(
                  ProblemKind.FORBIDDEN, "Only the owner of this bot may do that; you may ask it.")
              .asException();
      case Access.Decision.Hidden _ -> throw Problem.notFound("bot").asException();
    };
  }

  /** To ask or search a bot: 409 for one that is switched off, to its owner too. */
  public BotScope asking(Caller caller, BotId bot) {
    BotScope scope = scope(caller, bot, Permission.ASK);
    BotStatus status =
        bots.find(scope).map(Bot::status).orElseThrow(() -> Problem.notFound("bot").asException());
    if (status == BotStatus.INACTIVE) {
      throw Problem.of(
              ProblemKind.BOT_INACTIVE,
              "This bot is switched off. Set its status to active to ask it.")
          .asException();
    }
    return scope;
  }

  /** The same for an id as it stands in the path. */
  public BotScope scope(Caller caller, String bot, Permission wanted) {
    return scope(caller, Ids.bot(bot), wanted);
  }
}
