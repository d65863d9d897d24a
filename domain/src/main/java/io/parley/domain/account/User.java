package io.parley.domain.account;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who owns bots and asks questions.
 *
 * @param username at most 50 characters, unique without regard to case; absent for some outside
 *     identities
 * @param email at most 255 characters, unique among local accounts without regard to case; may be
 *     absent and never links accounts
 * @param passwordHash absent for outside identities, which have no password here
 * @param passwordVersion how often the password was changed; what was issued under an earlier one
 *     is not good any more
 */
public record User(
    UserId id,
    TenantId tenant,
    @Nullable String username,
    @Nullable String email,
    @Nullable String firstName,
    @Nullable String lastName,
    @Nullable PasswordHash passwordHash,
    int passwordVersion,
    boolean staff,
    boolean active,
    boolean verified,
    Instant dateJoined,
    @Nullable Instant lastLogin,
    String subscriptionStatus,
    @Nullable UUID subscriptionPlanId) {

  /** The subscription status of an account that never subscribed. */
  public static final String FREE = "free";

  /** The same account, which may administer nothing. */
  public User withoutStaff() {
    return new User(
        id,
        tenant,
        username,
        email,
        firstName,
        lastName,
        passwordHash,
        passwordVersion,
        false,
        active,
        verified,
        dateJoined,
        lastLogin,
        subscriptionStatus,
        subscriptionPlanId);
  }
}
