package io.parley.testkit;

import io.parley.domain.access.Access;
import io.parley.domain.access.Actor;
import io.parley.domain.access.BotGrant;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.account.TenantId;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.BotId;
import java.util.Set;
import java.util.UUID;

/** Scopes for tests, made as everywhere: by an access check. */
public final class Scopes {

  private Scopes() {}

  /** A new bot of a new tenant, with every permission. */
  public static BotScope fresh() {
    return owned(
        new TenantId(UUID.randomUUID()),
        new UserId(UUID.randomUUID()),
        new BotId(UUID.randomUUID()));
  }

  /** Another bot of the same tenant and owner, with every permission. */
  public static BotScope neighbourOf(BotScope scope) {
    return owned(scope.tenant(), scope.owner(), new BotId(UUID.randomUUID()));
  }

  /** What the owner of a bot may do: everything. */
  public static BotScope owned(TenantId tenant, UserId owner, BotId bot) {
    return checked(tenant, owner, bot, Set.of(Permission.values()));
  }

  /**
   * The same bot with fewer permissions.
   *
   * @param permissions at least one
   */
  public static BotScope withOnly(BotScope scope, Permission... permissions) {
    return checked(scope.tenant(), scope.owner(), scope.bot(), Set.of(permissions));
  }

  private static BotScope checked(
      TenantId tenant, UserId owner, BotId bot, Set<Permission> permissions) {
    Actor actor = new Actor.Person(tenant, owner, false, permissions);
    BotGrant grant = new BotGrant(bot, tenant, owner, false);
    Permission wanted = permissions.iterator().next();
    return switch (Access.check(actor, grant, wanted)) {
      case Access.Decision.Granted(BotScope scope) -> scope;
      case Access.Decision.Forbidden _, Access.Decision.Hidden _ ->
          throw new IllegalArgumentException("Not to be had by an access check: " + permissions);
    };
  }
}
