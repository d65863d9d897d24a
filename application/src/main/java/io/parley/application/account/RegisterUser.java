package io.parley.application.account;

import io.parley.domain.access.Actor;
import io.parley.domain.account.TenantId;
import io.parley.domain.account.User;
import io.parley.domain.account.UserId;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.persistence.Transactions;
import io.parley.domain.port.persistence.UserRepository;
import io.parley.domain.port.persistence.UserRepository.Registration;
import io.parley.domain.port.security.PasswordHasher;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Makes a local account with a tenant of its own. */
public final class RegisterUser {
  private final UserRepository users;
  private final SetupCode setupCode;
  private final PasswordHasher hasher;
  private final Transactions transactions;
  private final RegistrationMode mode;
  private final IdSource ids;
  private final InstantSource clock;

  /** What became of it. */
  public sealed interface Result {
    record Registered(User user) implements Result {}

    record UsernameTaken() implements Result {}

    record EmailTaken() implements Result {}

    /** The set-up code is wrong, or was used. */
    record SetupCodeRejected() implements Result {}

    /** Registration is closed to those without a set-up code. */
    record Closed() implements Result {}
  }

  public RegisterUser(
      UserRepository users,
      SetupCode setupCode,
      PasswordHasher hasher,
      Transactions transactions,
      RegistrationMode mode,
      IdSource ids,
      InstantSource clock) {
    this.users = users;
    this.setupCode = setupCode;
    this.hasher = hasher;
    this.transactions = transactions;
    this.mode = mode;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Registers somebody.
   *
   * @param by who registers somebody, when it is not the person
   * @throws io.parley.application.validation.InvalidInput when a field is not acceptable
   */
  public Result register(RegistrationRequest request, Actor.@Nullable Person by) {
    RegistrationRules.check(request);
    boolean byStaff = by != null && by.staff();
    if (mode == RegistrationMode.CLOSED && request.setupCode() == null && !byStaff) {
      return new Result.Closed();
    }
    User user = user(request);
    try {
      return transactions.inTransaction(() -> register(user, request));
    } catch (Refused refused) {
      return refused.result;
    }
  }

  private Result register(User user, RegistrationRequest request) {
    if (request.setupCode() != null && !setupCode.consume(request.setupCode())) {
      return new Result.SetupCodeRejected();
    }
    return switch (users.register(user)) {
      case Registration.Registered done -> new Result.Registered(done.user());
      case Registration.UsernameTaken _ -> throw new Refused(new Result.UsernameTaken());
      case Registration.EmailTaken _ -> throw new Refused(new Result.EmailTaken());
    };
  }

  private User user(RegistrationRequest request) {
    return new User(
        new UserId(ids.next()),
        new TenantId(ids.next()),
        request.username(),
        request.email(),
        request.firstName(),
        request.lastName(),
        hasher.hash(request.password()),
        0,
        request.setupCode() != null,
        true,
        false,
        clock.instant(),
        null,
        User.FREE,
        null);
  }

  /** Rolls back, so that a refused registration does not use the set-up code up. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Result result;

    Refused(Result result) {
      super(null, null, false, false);
      this.result = result;
    }
  }
}
