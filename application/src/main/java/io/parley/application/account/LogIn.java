package io.parley.application.account;

import io.parley.domain.account.User;
import io.parley.domain.account.UserId;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.Secret;
import io.parley.domain.port.persistence.RefreshTokenRepository;
import io.parley.domain.port.persistence.UserRepository;
import io.parley.domain.port.security.PasswordHasher;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/** Checks a password and opens a session. */
public final class LogIn {
  private final UserRepository users;
  private final RefreshTokens refreshTokens;
  private final PasswordHasher hasher;
  private final IdSource ids;
  private final InstantSource clock;

  public LogIn(
      UserRepository users,
      RefreshTokenRepository tokens,
      PasswordHasher hasher,
      IdSource ids,
      InstantSource clock) {
    this.users = users;
    this.refreshTokens = new RefreshTokens(tokens, clock);
    this.hasher = hasher;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * What tells the account that a log-in is about from all others, however it is named: by user
   * name or by e-mail. A name that nobody has stands for itself.
   */
  public String account(String usernameOrEmail) {
    String name = usernameOrEmail.strip();
    return users
        .findForLogin(name)
        .map(user -> account(user.id()))
        .orElseGet(() -> "name " + name.toLowerCase(Locale.ROOT));
  }

  /** The same for an account that is known. */
  public static String account(UserId user) {
    return "user " + user;
  }

  /** Empty for an unknown or suspended user and for a wrong password, after the same time. */
  public Optional<Session> logIn(String usernameOrEmail, Secret password) {
    Optional<User> user = users.findForLogin(usernameOrEmail.strip());
    boolean matches = hasher.matches(password, user.map(User::passwordHash).orElse(null));
    return user.filter(u -> matches && u.active()).map(this::open);
  }

  private Session open(User user) {
    Instant now = clock.instant();
    users.recordLogin(user.id(), now);
    return new Session(user, refreshTokens.issue(ids.next(), user.id()));
  }
}
