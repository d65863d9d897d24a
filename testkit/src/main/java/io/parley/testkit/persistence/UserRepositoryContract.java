package io.parley.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.account.PasswordHash;
import io.parley.domain.account.User;
import io.parley.domain.port.persistence.UserRepository;
import io.parley.domain.port.persistence.UserRepository.Registration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link UserRepository} does. */
public abstract class UserRepositoryContract {

  /** The ports under test. */
  protected abstract CorePorts ports();

  private UserRepository users() {
    return ports().users();
  }

  @Test
  void keepsAllThatWasRegistered() {
    User user = People.someone();
    assertThat(users().register(user)).isEqualTo(new Registration.Registered(user));
    assertThat(users().find(People.scope(user))).contains(user);
    assertThat(users().findForCredential(user.id())).contains(user);
  }

  @Test
  void refusesAUsernameThatDiffersInCaseOnly() {
    User first = People.someone();
    users().register(first);
    User second = People.named(upper(first.username()), "x" + first.email());
    assertThat(users().register(second)).isEqualTo(new Registration.UsernameTaken());
    assertThat(users().findForCredential(second.id())).isEmpty();
  }

  @Test
  void refusesAnEmailThatDiffersInCaseOnlyAlsoBeyondAscii() {
    String name = UUID.randomUUID().toString();
    users().register(People.named(name, "émile-" + name + "@example.org"));
    User second = People.named("x" + name, "ÉMILE-" + upper(name) + "@EXAMPLE.org");
    assertThat(users().register(second)).isEqualTo(new Registration.EmailTaken());
  }

  @Test
  void registersOneOfSeveralAtTheSameTime() {
    String name = UUID.randomUUID().toString();
    List<Registration> registrations =
        Together.run(8, () -> users().register(People.named(name, name + "@example.org")));
    assertThat(registrations).filteredOn(r -> r instanceof Registration.Registered).hasSize(1);
    assertThat(registrations).filteredOn(r -> r instanceof Registration.UsernameTaken).hasSize(7);
  }

  @Test
  void findsForLoginByNameOrEmailInAnyCase() {
    User user = People.someone();
    users().register(user);
    assertThat(users().findForLogin(upper(user.username()))).contains(user);
    assertThat(users().findForLogin(upper(user.email()))).contains(user);
    assertThat(users().findForLogin("nobody-" + user.username())).isEmpty();
  }

  @Test
  void prefersTheOwnerOfAnEmailToAUserNamedLikeIt() {
    User victim = People.someone();
    users().register(victim);
    users().register(People.named(String.valueOf(victim.email()), "y" + victim.email()));
    assertThat(users().findForLogin(String.valueOf(victim.email()))).contains(victim);
  }

  @Test
  void findsNobodyInAForeignTenant() {
    User user = People.someone();
    users().register(user);
    assertThat(users().find(People.inForeignTenant(user))).isEmpty();
    users().changePassword(People.inForeignTenant(user), new PasswordHash("{test}foreign"));
    assertThat(users().find(People.scope(user))).contains(user);
  }

  @Test
  void changesThePassword() {
    User user = People.someone();
    users().register(user);
    users().changePassword(People.scope(user), new PasswordHash("{test}other"));
    assertThat(users().find(People.scope(user)).orElseThrow().passwordHash())
        .isEqualTo(new PasswordHash("{test}other"));
  }

  @Test
  void countsThePasswordsVersions() {
    User user = People.someone();
    users().register(user);
    users().changePassword(People.scope(user), new PasswordHash("{test}other"));
    users().recordLogin(user.id(), People.JOINED.plusSeconds(60));
    users().changePassword(People.scope(user), new PasswordHash("{test}third"));
    assertThat(users().findForCredential(user.id()).orElseThrow().passwordVersion())
        .isEqualTo(user.passwordVersion() + 2);
    assertThat(users().findForLogin(upper(user.username())).orElseThrow().passwordVersion())
        .isEqualTo(user.passwordVersion() + 2);
  }

  @Test
  void recordsTheLastLogin() {
    User user = People.someone();
    users().register(user);
    Instant at = People.JOINED.plusSeconds(60);
    users().recordLogin(user.id(), at);
    assertThat(users().find(People.scope(user)).orElseThrow().lastLogin()).isEqualTo(at);
  }

  private static String upper(@Nullable String text) {
    return String.valueOf(text).toUpperCase(Locale.ROOT);
  }
}
