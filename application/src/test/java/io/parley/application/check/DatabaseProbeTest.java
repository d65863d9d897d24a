package io.parley.application.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.application.Bent;
import io.parley.application.check.DatabaseProbe.OpenDatabase;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Secret;
import io.parley.domain.port.persistence.DatabaseFacts;
import io.parley.domain.port.persistence.DatabaseFacts.Schema;
import io.parley.domain.port.persistence.DatabaseHealth;
import io.parley.domain.port.persistence.InstanceSecrets;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.port.persistence.Transactions;
import io.parley.testkit.memory.InMemoryPersistence;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Each thing that is tried on a database is shown to fail once. */
class DatabaseProbeTest {
  private final InMemoryPersistence sound = new InMemoryPersistence();

  private static Tried tried(Persistence persistence, int atOnce) {
    return Tried.on(
        new DatabaseProbe(
            Tried.SUBJECT,
            IdSource.random(),
            atOnce,
            Duration.ofMillis(100),
            () -> new OpenDatabase(persistence, () -> {})));
  }

  private Tried bent(String port, Object wrong) {
    return tried(Bent.port(Persistence.class, sound, port, (_, _) -> wrong), 1);
  }

  private Tried of(DatabaseFacts facts) {
    return bent(
        "health", Bent.port(DatabaseHealth.class, sound.health(), "facts", (_, _) -> facts));
  }

  private static DatabaseFacts facts(int major, Schema schema, boolean mayChange, int most) {
    return new DatabaseFacts("13.4", major, 14, schema, mayChange, most, 5, 10);
  }

  @Test
  void aSoundDatabasePassesAndKeepsNothing() {
    tried(sound, 1).assertSound();
  }

  @Test
  void aDatabaseThatDoesNotAnswerCarriesAll() {
    DatabaseHealth silent =
        Bent.port(
            DatabaseHealth.class,
            sound.health(),
            "ping",
            (_, _) -> {
              throw new PortFailure(
                  PortFailure.Kind.UNAVAILABLE, "x", "It cannot be reached.", null);
            });

    Tried tried = bent("health", silent);

    tried.assertFails("connect", "cannot be reached");
    assertThat(tried.report().count("skipped")).isEqualTo(6);
  }

  @Test
  void aDatabaseThatFallsSilentIsNoticed() {
    int[] pings = {0};
    DatabaseHealth falling =
        Bent.port(
            DatabaseHealth.class,
            sound.health(),
            "ping",
            (_, _) -> {
              if (++pings[0] > 3) {
                throw new PortFailure(PortFailure.Kind.TIMEOUT, "x", "It fell silent.", null);
              }
              return null;
            });

    bent("health", falling).assertFails("latency", "fell silent");
  }

  @Test
  void anOldVersionIsNoticed() {
    of(facts(13, Schema.CURRENT, true, 100)).assertFails("version", "needs 14 or newer");
  }

  @Test
  void aSchemaThatIsNotOursIsNoticedAndOneThatIsMissingIsMadeLater() {
    of(facts(17, Schema.STRANGE, true, 100)).assertFails("migrations", "by hand");
    of(facts(17, Schema.MISSING, false, 100)).assertFails("migrations", "may not");

    Tried behind = of(facts(17, Schema.BEHIND, true, 100));
    assertThat(behind.of("migrations").detail()).contains("next start");
    assertThat(behind.of("write and read").status()).isEqualTo("skipped");
    assertThat(behind.of("roll back").status()).isEqualTo("skipped");
    assertThat(behind.report().passed()).isTrue();
  }

  @Test
  void whatIsNotReadBackIsNoticed() {
    InstanceSecrets forgetful =
        Bent.port(
            InstanceSecrets.class,
            sound.secrets(),
            "getOrCreate",
            (arguments, _) -> (Secret) ((Supplier<?>) arguments[1]).get());

    bent("secrets", forgetful).assertFails("write and read", "not read back");
  }

  @Test
  void whatIsNotRolledBackIsNoticedAndNamed() {
    Transactions open =
        Bent.port(
            Transactions.class,
            sound.transactions(),
            "run",
            (arguments, _) -> {
              ((Runnable) arguments[0]).run();
              return null;
            });

    Tried tried = bent("transactions", open);

    tried.assertFails("roll back", "still there");
    assertThat(tried.report().leftBehind()).singleElement().asString().contains("instance_secrets");
  }

  @Test
  void aPoolThatTheDatabaseCannotCarryIsNoticed() {
    of(facts(17, Schema.CURRENT, true, 12)).assertFails("pool", "12 of all programs");
  }

  @Test
  void connectionsThatDoNotComeTogetherAreNoticed() {
    // In memory there is one transaction at a time.
    tried(sound, 2).assertFails("pool", "not all of them came");
  }
}
