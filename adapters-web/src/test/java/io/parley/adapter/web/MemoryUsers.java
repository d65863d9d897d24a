package io.parley.adapter.web;

import io.parley.domain.access.UserScope;
import io.parley.domain.account.PasswordHash;
import io.parley.domain.account.RefreshToken;
import io.parley.domain.account.User;
import io.parley.domain.account.UserId;
import io.parley.domain.port.persistence.RefreshTokenRepository;
import io.parley.domain.port.persistence.UserRepository;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Users and refresh tokens in memory. */
final class MemoryUsers implements UserRepository, RefreshTokenRepository {
  private final Map<UserId, User> users = new ConcurrentHashMap<>();
  private final Map<String, RefreshToken> tokens = new ConcurrentHashMap<>();
  private final Set<String> spent = ConcurrentHashMap.newKeySet();

  @Override
  public synchronized Registration register(User user) {
    if (findForLogin(user.username()).isPresent()) {
      return new Registration.UsernameTaken();
    }
    if (findForLogin(user.email()).isPresent()) {
      return new Registration.EmailTaken();
    }
    users.put(user.id(), user);
    return new Registration.Registered(user);
  }

  void suspend(UserId id) {
    users.computeIfPresent(
        id,
        (_, u) ->
            new User(
                u.id(),
                u.tenant(),
                u.username(),
                u.email(),
                u.firstName(),
                u.lastName(),
                u.passwordHash(),
                u.staff(),
                false,
                u.verified(),
                u.dateJoined(),
                u.lastLogin(),
                u.subscriptionStatus(),
                u.subscriptionPlanId()));
  }

  @Override
  public Optional<User> findForLogin(String name) {
    return users.values().stream()
        .filter(u -> name.equalsIgnoreCase(u.username()) || name.equalsIgnoreCase(u.email()))
        .findFirst();
  }

  @Override
  public Optional<User> findForCredential(UserId user) {
    return Optional.ofNullable(users.get(user));
  }

  @Override
  public Optional<User> find(UserScope scope) {
    return findForCredential(scope.user()).filter(u -> u.tenant().equals(scope.tenant()));
  }

  @Override
  public void recordLogin(UserId user, Instant at) {}

  @Override
  public void changePassword(UserScope scope, PasswordHash hash) {
    users.computeIfPresent(
        scope.user(),
        (_, u) ->
            new User(
                u.id(),
                u.tenant(),
                u.username(),
                u.email(),
                u.firstName(),
                u.lastName(),
                hash,
                u.staff(),
                u.active(),
                u.verified(),
                u.dateJoined(),
                u.lastLogin(),
                u.subscriptionStatus(),
                u.subscriptionPlanId()));
  }

  @Override
  public void add(RefreshToken token) {
    tokens.put(token.hash(), token);
  }

  @Override
  public synchronized Spending spend(String hash, Instant now) {
    RefreshToken token = tokens.get(hash);
    if (token == null) {
      return new Spending.Invalid();
    }
    if (!spent.add(hash)) {
      revokeFamilyOf(hash);
      return new Spending.Reused();
    }
    return new Spending.Spent(token.family(), token.user());
  }

  @Override
  public synchronized void revokeFamilyOf(String hash) {
    RefreshToken token = tokens.get(hash);
    if (token != null) {
      tokens.values().removeIf(t -> t.family().equals(token.family()));
    }
  }

  @Override
  public void revokeAll(UserId user) {
    tokens.values().removeIf(t -> t.user().equals(user));
  }
}
