package io.parley.testkit.persistence;

import io.parley.domain.access.Access;
import io.parley.domain.access.Actor;
import io.parley.domain.access.UserScope;
import io.parley.domain.account.PasswordHash;
import io.parley.domain.account.TenantId;
import io.parley.domain.account.User;
import io.parley.domain.account.UserId;
import java.time.Instant;
import java.util.UUID;

/** Invented users and their scopes. */
public final class People {

  /** When they joined. */
  public static final Instant JOINED = Instant.parse("2026-01-02T03:04:05.123456Z");

  private People() {}

  /** A local user of a tenant of its own, with a name that nobody else has. */
  public static User someone() {
    String name = "user-" + UUID.randomUUID().toString().substring(0, 18);
    return named(name, name + "@example.org");
  }

  /** A local user of a tenant of its own. */
  public static User named(String username, String email) {
    return new User(
        new UserId(UUID.randomUUID()),
        new TenantId(UUID.randomUUID()),
        username,
        email,
        "Ada",
        "Lovelace",
        new PasswordHash("{test}secret"),
        0,
        false,
        true,
        false,
        JOINED,
        null,
        User.FREE,
        null);
  }

  public static Actor.Person actor(User user) {
    return Actor.Person.of(user.tenant(), user.id(), user.staff());
  }

  public static UserScope scope(User user) {
    return Access.own(actor(user));
  }

  /** The user's id in somebody else's tenant. */
  public static UserScope inForeignTenant(User user) {
    return Access.own(Actor.Person.of(new TenantId(UUID.randomUUID()), user.id(), false));
  }
}
