package io.parley.domain.access;

import io.parley.domain.account.TenantId;
import io.parley.domain.account.UserId;

/**
 * What belongs to one user: the account, the list of bots, the conversations. Made only by {@link
 * Access}.
 */
public final class UserScope {
  private final TenantId tenant;
  private final UserId user;

  UserScope(TenantId tenant, UserId user) {
    this.tenant = tenant;
    this.user = user;
  }

  public TenantId tenant() {
    return tenant;
  }

  public UserId user() {
    return user;
  }

  @Override
  public String toString() {
    return "UserScope[" + user + "]";
  }
}
