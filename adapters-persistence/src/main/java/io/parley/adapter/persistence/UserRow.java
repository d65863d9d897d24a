package io.parley.adapter.persistence;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.parley.domain.account.PasswordHash;
import io.parley.domain.account.TenantId;
import io.parley.domain.account.User;
import io.parley.domain.account.UserId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code users}. */
@MappedEntity("users")
record UserRow(
    @Id UUID id,
    UUID tenantId,
    @Nullable String username,
    @Nullable String email,
    @Nullable String firstName,
    @Nullable String lastName,
    @Nullable String passwordHash,
    int passwordVersion,
    boolean isStaff,
    boolean isActive,
    boolean isVerified,
    Instant dateJoined,
    @Nullable Instant lastLogin,
    String subscriptionStatus,
    @Nullable UUID subscriptionPlanId) {

  User toUser() {
    return new User(
        new UserId(id),
        new TenantId(tenantId),
        username,
        email,
        firstName,
        lastName,
        passwordHash == null ? null : new PasswordHash(passwordHash),
        passwordVersion,
        isStaff,
        isActive,
        isVerified,
        dateJoined,
        lastLogin,
        subscriptionStatus,
        subscriptionPlanId);
  }
}
