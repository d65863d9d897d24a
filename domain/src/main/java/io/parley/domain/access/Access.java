package io.parley.domain.access;

import java.util.EnumSet;
import java.util.Set;

/** The access check: the only place where scopes are made. */
public final class Access {

  /** What an access check says. */
  public sealed interface Decision {
    /** Allowed, within the scope. */
    record Granted(BotScope scope) implements Decision {}

    /** The actor may know that the bot exists, but may not do this. */
    record Forbidden() implements Decision {}

    /** To this actor the bot does not exist. */
    record Hidden() implements Decision {}
  }

  private Access() {}

  /** What belongs to the caller alone. */
  public static UserScope own(Actor.Person person) {
    return new UserScope(person.tenant(), person.user());
  }

  /**
   * Checks one permission. The scope granted carries every permission that the actor has on the
   * bot.
   */
  public static Decision check(Actor actor, BotGrant grant, Permission wanted) {
    Set<Permission> held = permissions(actor, grant);
    if (held.isEmpty()) {
      return new Decision.Hidden();
    }
    if (!held.contains(wanted)) {
      return new Decision.Forbidden();
    }
    return new Decision.Granted(new BotScope(grant.tenant(), grant.owner(), grant.bot(), held));
  }

  private static Set<Permission> permissions(Actor actor, BotGrant grant) {
    return switch (actor) {
      case Actor.Worker worker ->
          worker.tenant().equals(grant.tenant()) && worker.bot().equals(grant.bot())
              ? EnumSet.allOf(Permission.class)
              : Set.of();
      case Actor.Person person -> permissions(person, grant);
    };
  }

  private static Set<Permission> permissions(Actor.Person person, BotGrant grant) {
    boolean owner = person.tenant().equals(grant.tenant()) && person.user().equals(grant.owner());
    if (!owner && !grant.isPublic()) {
      return Set.of();
    }
    Set<Permission> held = EnumSet.of(Permission.ASK);
    if (owner) {
      held = EnumSet.allOf(Permission.class);
    }
    held.retainAll(person.granted());
    return held;
  }
}
