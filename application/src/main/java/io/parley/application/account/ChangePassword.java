package io.parley.application.account;

import io.parley.application.validation.InvalidInput;
import io.parley.domain.access.UserScope;
import io.parley.domain.account.User;
import io.parley.domain.port.Secret;
import io.parley.domain.port.persistence.RefreshTokenRepository;
import io.parley.domain.port.persistence.Transactions;
import io.parley.domain.port.persistence.UserRepository;
import io.parley.domain.port.security.PasswordHasher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes a password; every session ends. */
public final class ChangePassword {
  private final UserRepository users;
  private final RefreshTokenRepository tokens;
  private final PasswordHasher hasher;
  private final Transactions transactions;

  public ChangePassword(
      UserRepository users,
      RefreshTokenRepository tokens,
      PasswordHasher hasher,
      Transactions transactions) {
    this.users = users;
    this.tokens = tokens;
    this.hasher = hasher;
    this.transactions = transactions;
  }

  /**
   * False when the current password is wrong.
   *
   * @throws InvalidInput when the new one is not acceptable
   */
  public boolean change(UserScope scope, Secret current, Secret next) {
    List<InvalidInput.Field> wrong = new ArrayList<>();
    RegistrationRules.password(next, "new_password", wrong);
    if (!wrong.isEmpty()) {
      throw new InvalidInput(wrong);
    }
    Optional<User> user = users.find(scope);
    if (!hasher.matches(current, user.map(User::passwordHash).orElse(null))) {
      return false;
    }
    var hash = hasher.hash(next);
    transactions.run(() -> {
      users.changePassword(scope, hash);
      tokens.revokeAll(scope.user());
    });
    return true;
  }
}
