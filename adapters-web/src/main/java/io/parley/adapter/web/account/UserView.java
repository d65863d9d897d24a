package io.parley.adapter.web.account;

import io.micronaut.serde.annotation.Serdeable;
import io.parley.domain.account.User;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An account as its user sees it. */
@Serdeable
@Schema(name = "User")
record UserView(
    UUID id,
    @Nullable String username,
    @Nullable String email,
    @Nullable String firstName,
    @Nullable String lastName,
    boolean isStaff,
    boolean isActive,
    boolean isVerified,
    Instant dateJoined,
    @Nullable Instant lastLogin,
    String subscriptionStatus,
    @Nullable UUID subscriptionPlanId) {

  static UserView of(User user) {
    return new UserView(
        user.id().value(),
        user.username(),
        user.email(),
        user.firstName(),
        user.lastName(),
        user.staff(),
        user.active(),
        user.verified(),
        user.dateJoined(),
        user.lastLogin(),
        user.subscriptionStatus(),
        user.subscriptionPlanId());
  }
}
