package io.parley.domain.access;

import io.parley.domain.account.TenantId;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.BotId;
import java.util.Set;

/** Who calls. */
public sealed interface Actor {

  /** The tenant in which the actor acts. */
  TenantId tenant();

  /**
   * A signed-in user, or a key that acts for one.
   *
   * @param granted what the credential lets the user do at all
   */
  record Person(TenantId tenant, UserId user, boolean staff, Set<Permission> granted)
      implements Actor {
    public Person {
      granted = Set.copyOf(granted);
    }

    /** A user with a full credential. */
    public static Person of(TenantId tenant, UserId user, boolean staff) {
      return new Person(tenant, user, staff, Set.of(Permission.values()));
    }
  }

  /** Queued work, which acts for the bot that it was queued for and for nothing else. */
  record Worker(TenantId tenant, BotId bot) implements Actor {}
}
