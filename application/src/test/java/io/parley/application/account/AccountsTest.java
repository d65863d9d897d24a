package io.parley.application.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.application.account.RegisterUser.Result;
import io.parley.application.validation.InvalidInput;
import io.parley.domain.access.Access;
import io.parley.domain.access.Actor;
import io.parley.domain.account.User;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.Secret;
import io.parley.domain.port.security.PasswordHasher;
import io.parley.testkit.memory.InMemoryPersistence;
import io.parley.testkit.security.PlainPasswordHasher;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccountsTest {
  private static final Secret PASSWORD = new Secret("correct horse");

  private final InMemoryPersistence database = new InMemoryPersistence();
  private final PasswordHasher hasher = new PlainPasswordHasher();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final LogIn logIn =
      new LogIn(database.users(), database.refreshTokens(), hasher, IdSource.random(), () -> now);
  private final RefreshSession refresh =
      new RefreshSession(
          database.users(), database.refreshTokens(), database.transactions(), () -> now);
  private final ChangePassword changePassword =
      new ChangePassword(
          database.users(), database.refreshTokens(), hasher, database.transactions());

  @Test
  void theSetupCodeMakesOneStaffAccountAndNoMore() {
    Secret code = setupCode(null).current().orElseThrow();
    User first = registered(register(RegistrationMode.OPEN, "first", code));
    assertThat(first.staff()).isTrue();
    assertThat(register(RegistrationMode.OPEN, "second", code))
        .isEqualTo(new Result.SetupCodeRejected());
    assertThat(setupCode(null).current()).isEmpty();
    assertThat(registered(register(RegistrationMode.OPEN, "second", null)).staff()).isFalse();
  }

  @Test
  void aCodeThatIsPresetLaterReplacesTheOneThatWasMade() {
    Secret made = setupCode(null).current().orElseThrow();
    Secret preset = new Secret("let-me-in-please");
    setupCode(preset).install();
    assertThat(setupCode(preset).current()).contains(preset);
    assertThat(register(RegistrationMode.OPEN, "first", made))
        .isEqualTo(new Result.SetupCodeRejected());
    assertThat(registered(register(RegistrationMode.OPEN, "first", preset)).staff()).isTrue();
    setupCode(preset).install();
    assertThat(setupCode(preset).current()).isEmpty();
  }

  @Test
  void aWrongSetupCodeUsesNothingUp() {
    Secret code = setupCode(new Secret("preset-code")).current().orElseThrow();
    assertThat(code.reveal()).isEqualTo("preset-code");
    assertThat(register(RegistrationMode.CLOSED, "first", new Secret("guess")))
        .isEqualTo(new Result.SetupCodeRejected());
    assertThat(setupCode(null).current()).contains(code);
  }

  @Test
  void aRefusedRegistrationDoesNotUseTheSetupCodeUp() {
    registered(register(RegistrationMode.OPEN, "imani", null));
    Secret code = setupCode(null).current().orElseThrow();
    assertThat(register(RegistrationMode.OPEN, "IMANI", code))
        .isEqualTo(new Result.UsernameTaken());
    assertThat(registered(register(RegistrationMode.OPEN, "falk", code)).staff()).isTrue();
  }

  @Test
  void closedRegistrationIsForTheSetupCodeAndStaff() {
    assertThat(register(RegistrationMode.CLOSED, "stranger", null)).isEqualTo(new Result.Closed());
    Secret code = setupCode(null).current().orElseThrow();
    User staff = registered(register(RegistrationMode.CLOSED, "chief", code));
    Actor.Person chief = Actor.Person.of(staff.tenant(), staff.id(), true);
    User made = registered(use(RegistrationMode.CLOSED).register(request("clerk", null), chief));
    assertThat(made.staff()).isFalse();
    assertThat(made.tenant()).isNotEqualTo(staff.tenant());
    Actor.Person clerk = Actor.Person.of(made.tenant(), made.id(), made.staff());
    assertThat(use(RegistrationMode.CLOSED).register(request("friend", null), clerk))
        .isEqualTo(new Result.Closed());
  }

  @Test
  void whatIsNotAcceptableIsSaidFieldByField() {
    RegistrationRequest request =
        new RegistrationRequest(
            "two words", "no address", new Secret("short"), "x".repeat(51), "ok", null);
    assertThatThrownBy(() -> use(RegistrationMode.OPEN).register(request, null))
        .isInstanceOfSatisfying(
            InvalidInput.class,
            e ->
                assertThat(e.fields())
                    .extracting(InvalidInput.Field::name)
                    .containsExactly("username", "email", "first_name", "password"));
  }

  @Test
  void aSessionIsOpenedByNameOrEmailAndByNothingElse() {
    registered(register(RegistrationMode.OPEN, "imani", null));
    assertThat(logIn.logIn(" Imani ", PASSWORD)).isPresent();
    assertThat(logIn.logIn("IMANI@example.org", PASSWORD)).isPresent();
    assertThat(logIn.logIn("imani", new Secret("wrong horse"))).isEmpty();
    assertThat(logIn.logIn("nobody", PASSWORD)).isEmpty();
  }

  @Test
  void aRefreshTokenIsGoodOnceAndItsReuseEndsTheSession() {
    Secret first = session().refreshToken();
    Secret second = refresh.refresh(first).orElseThrow().refreshToken();
    Secret third = refresh.refresh(second).orElseThrow().refreshToken();
    assertThat(refresh.refresh(first)).isEmpty();
    assertThat(refresh.refresh(third)).isEmpty();
  }

  @Test
  void anotherSessionSurvivesAReuse() {
    Secret stolen = session().refreshToken();
    Secret other = logIn.logIn("imani", PASSWORD).orElseThrow().refreshToken();
    assertThat(refresh.refresh(stolen)).isPresent();
    assertThat(refresh.refresh(stolen)).isEmpty();
    assertThat(refresh.refresh(other)).isPresent();
  }

  @Test
  void aRefreshTokenExpires() {
    Secret token = session().refreshToken();
    now = now.plus(Duration.ofDays(31));
    assertThat(refresh.refresh(token)).isEmpty();
  }

  @Test
  void loggingOutEndsTheSessionOfAnyOfItsTokens() {
    Secret first = session().refreshToken();
    Secret second = refresh.refresh(first).orElseThrow().refreshToken();
    new LogOut(database.refreshTokens()).logOut(first);
    assertThat(refresh.refresh(second)).isEmpty();
    new LogOut(database.refreshTokens()).logOut(new Secret("unknown"));
  }

  @Test
  void aSuspendedUsersFirstRefreshEndsAllSessions() {
    User user = registered(register(RegistrationMode.OPEN, "imani", null));
    RefreshTokens issuing = new RefreshTokens(database.refreshTokens(), () -> now);
    Secret first = issuing.issue(UUID.randomUUID(), user.id());
    Secret second = issuing.issue(UUID.randomUUID(), user.id());
    RefreshSession whileSuspended =
        new RefreshSession(
            new NobodyIsActive(database.users()),
            database.refreshTokens(),
            database.transactions(),
            () -> now);
    assertThat(whileSuspended.refresh(first)).isEmpty();
    assertThat(refresh.refresh(second)).isEmpty();
  }

  @Test
  void oneAccountIsNamedAlikeByNameAndByEmail() {
    User user = registered(register(RegistrationMode.OPEN, "imani", null));
    assertThat(logIn.account(" IMANI "))
        .isEqualTo(logIn.account(String.valueOf(user.email())))
        .isEqualTo(LogIn.account(user.id()))
        .isNotEqualTo(logIn.account("somebody"));
    assertThat(logIn.account(user.id().toString())).isNotEqualTo(LogIn.account(user.id()));
  }

  @Test
  void aNewPasswordEndsAllSessions() {
    Session session = session();
    IdentifyUser identify = new IdentifyUser(database.users());
    int before = identify.identify(session.user().id()).orElseThrow().passwordVersion();
    var own = Access.own(Actor.Person.of(session.user().tenant(), session.user().id(), false));
    Secret next = new Secret("battery staple");
    assertThat(changePassword.change(own, new Secret("wrong horse"), next)).isFalse();
    assertThat(changePassword.change(own, PASSWORD, next)).isTrue();
    assertThat(refresh.refresh(session.refreshToken())).isEmpty();
    assertThat(identify.identify(session.user().id()).orElseThrow().passwordVersion())
        .isGreaterThan(before);
    assertThat(logIn.logIn("imani", PASSWORD)).isEmpty();
    assertThat(logIn.logIn("imani", next)).isPresent();
    assertThatThrownBy(() -> changePassword.change(own, next, new Secret("short")))
        .isInstanceOf(InvalidInput.class);
  }

  @Test
  void aFailureBetweenSpendingAndIssuingLeavesTheTokenGood() {
    Secret token = session().refreshToken();
    RefreshSession failing =
        new RefreshSession(
            database.users(),
            database.refreshTokens(),
            database.transactions(),
            new InstantSource() {
              private int calls;

              @Override
              public Instant instant() {
                if (++calls == 2) {
                  throw new IllegalStateException("planted");
                }
                return now;
              }
            });
    assertThatThrownBy(() -> failing.refresh(token)).hasMessage("planted");
    assertThat(refresh.refresh(token)).isPresent();
  }

  private Session session() {
    registered(register(RegistrationMode.OPEN, "imani", null));
    return logIn.logIn("imani", PASSWORD).orElseThrow();
  }

  private SetupCode setupCode(@Nullable Secret preset) {
    return new SetupCode(database.secrets(), preset);
  }

  private Result register(RegistrationMode mode, String name, @Nullable Secret code) {
    return use(mode).register(request(name, code), null);
  }

  private RegisterUser use(RegistrationMode mode) {
    return new RegisterUser(
        database.users(),
        setupCode(null),
        hasher,
        database.transactions(),
        mode,
        IdSource.random(),
        () -> now);
  }

  private static RegistrationRequest request(String name, @Nullable Secret code) {
    return new RegistrationRequest(name, name + "@example.org", PASSWORD, "Imani", "Okafor", code);
  }

  private static User registered(Result result) {
    return Optional.of(result)
        .filter(Result.Registered.class::isInstance)
        .map(r -> ((Result.Registered) r).user())
        .orElseThrow(() -> new AssertionError("" + result));
  }

  /** Keeps passwords as they are, for tests. */
}
