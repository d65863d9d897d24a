package io.parley.application.check;

import io.parley.domain.access.Access;
import io.parley.domain.access.Actor;
import io.parley.domain.access.BotGrant;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.access.UserScope;
import io.parley.domain.account.TenantId;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.BotId;
import io.parley.domain.port.IdSource;

/**
 * A tenant, a user and a bot that nobody else has: what is written under them is the probe's alone.
 */
record OwnScope(BotScope bot, UserScope user) {

  static OwnScope fresh(IdSource ids) {
    TenantId tenant = new TenantId(ids.next());
    UserId user = new UserId(ids.next());
    Actor.Person person = Actor.Person.of(tenant, user, false);
    BotGrant grant = new BotGrant(new BotId(ids.next()), tenant, user, false);
    return switch (Access.check(person, grant, Permission.WRITE)) {
      case Access.Decision.Granted(BotScope scope) -> new OwnScope(scope, Access.own(person));
      case Access.Decision.Forbidden _, Access.Decision.Hidden _ ->
          throw new IllegalStateException("An owner may do everything.");
    };
  }
}
