package io.parley.domain.access;

import io.parley.domain.account.TenantId;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.BotId;
import java.util.Set;

/** One bot, and what may be done with it. Made only by {@link Access}. */
public final class BotScope {
  private final TenantId tenant;
  private final UserId owner;
  private final BotId bot;
  private final Set<Permission> permissions;

  BotScope(TenantId tenant, UserId owner, BotId bot, Set<Permission> permissions) {
    this.tenant = tenant;
    this.owner = owner;
    this.bot = bot;
    this.permissions = Set.copyOf(permissions);
  }

  /** The tenant that the bot and all its knowledge belong to. */
  public TenantId tenant() {
    return tenant;
  }

  /** The bot's owner, under whose id its files are kept. */
  public UserId owner() {
    return owner;
  }

  public BotId bot() {
    return bot;
  }

  /** Whether the scope allows it. */
  public boolean allows(Permission permission) {
    return permissions.contains(permission);
  }

  /**
   * For adapters: refuses to go on without the permission.
   *
   * @throws IllegalStateException when the scope lacks it, which is a defect in the caller
   */
  public void require(Permission permission) {
    if (!allows(permission)) {
      throw new IllegalStateException("The scope does not allow " + permission + ".");
    }
  }

  @Override
  public String toString() {
    return "BotScope[" + bot + " " + permissions + "]";
  }
}
