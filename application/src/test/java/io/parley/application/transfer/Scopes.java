package io.parley.application.transfer;

import io.parley.application.Bench;
import io.parley.domain.access.Access;
import io.parley.domain.access.Actor;
import io.parley.domain.access.BotGrant;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.bot.BotId;

/** What a bot's owner may do, by the access check. */
final class Scopes {

  private Scopes() {}

  static BotScope of(Bench bench, BotId bot) {
    BotGrant grant = bench.database.transfer().grant(bot).orElseThrow();
    Actor owner = Actor.Person.of(grant.tenant(), grant.owner(), false);
    return ((Access.Decision.Granted) Access.check(owner, grant, Permission.WRITE)).scope();
  }
}
