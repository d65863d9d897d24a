package io.parley.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.adapter.persistence.embedded.DataDirectoryLock;
import io.parley.adapter.persistence.embedded.SecretKeyFile;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the database holds of a secret, and which keys open it. */
class ProtectedSecretsTest {
  private static final Secret KEY = new Secret("a key of at least thirty-two characters");
  private static final Secret NEXT = new Secret("another key of at least thirty-two characters");
  private static final Secret SIGNING = new Secret("what tokens are signed with");

  private static PostgresPersistence with(TestDatabase database, Secret... keys) {
    return PostgresPersistence.open(database.config().withSecretKeys(List.of(keys)));
  }

  private static List<String> stored(PostgresPersistence persistence) {
    return persistence.sql().list("select value from instance_secrets", row -> row.text("value"));
  }

  @Test
  void aSecretIsNotInTheDatabaseInPlainText() {
    try (TestDatabase database = TestDatabase.create();
        PostgresPersistence persistence = with(database, KEY)) {
      persistence.secrets().getOrCreate("signing-key", () -> SIGNING);
      assertThat(stored(persistence))
          .hasSize(1)
          .noneMatch(value -> value.contains(SIGNING.reveal()));
      assertThat(persistence.secrets().getOrCreate("signing-key", () -> KEY)).isEqualTo(SIGNING);
    }
  }

  @Test
  void plainSecretsAreEncryptedAtTheFirstStartWithAKey() {
    try (TestDatabase database = TestDatabase.create()) {
      database.persistence().secrets().getOrCreate("signing-key", () -> SIGNING);
      assertThat(stored(database.persistence())).containsExactly(SIGNING.reveal());
      try (PostgresPersistence persistence = with(database, KEY)) {
        persistence.protectSecrets();
        assertThat(stored(persistence)).noneMatch(value -> value.contains(SIGNING.reveal()));
        assertThat(persistence.secrets().getOrCreate("signing-key", () -> KEY)).isEqualTo(SIGNING);
      }
    }
  }

  @Test
  void aNewKeyTakesOverFromAnOldOne() {
    try (TestDatabase database = TestDatabase.create()) {
      try (PostgresPersistence persistence = with(database, KEY)) {
        persistence.secrets().getOrCreate("signing-key", () -> SIGNING);
      }
      try (PostgresPersistence persistence = with(database, NEXT, KEY)) {
        persistence.protectSecrets();
      }
      try (PostgresPersistence persistence = with(database, NEXT)) {
        persistence.protectSecrets();
        assertThat(persistence.secrets().getOrCreate("signing-key", () -> KEY)).isEqualTo(SIGNING);
      }
    }
  }

  @Test
  void aWrongKeyAndNoKeyAreSaidInOneSentence() {
    try (TestDatabase database = TestDatabase.create()) {
      try (PostgresPersistence persistence = with(database, KEY)) {
        persistence.secrets().getOrCreate("signing-key", () -> SIGNING);
      }
      try (PostgresPersistence wrong = with(database, NEXT);
          PostgresPersistence none = with(database)) {
        assertThatThrownBy(wrong::protectSecrets)
            .isInstanceOf(PortFailure.class)
            .hasMessageContaining("another key")
            .hasMessageContaining("PARLEY_SECRET_KEY");
        assertThatThrownBy(none::protectSecrets)
            .isInstanceOf(PortFailure.class)
            .hasMessageContaining("PARLEY_SECRET_KEY");
      }
    }
  }

  @Test
  void aSecretMovedToAnotherNameDoesNotOpen() {
    try (TestDatabase database = TestDatabase.create();
        PostgresPersistence persistence = with(database, KEY)) {
      persistence.secrets().getOrCreate("signing-key", () -> SIGNING);
      persistence.sql().update("update instance_secrets set name = 'setup-code'");
      assertThatThrownBy(() -> persistence.secrets().consume("setup-code", SIGNING))
          .isInstanceOf(PortFailure.class);
    }
  }

  @Test
  void theKeyFileIsItsOwnersAloneAndStays(@TempDir Path directory) throws IOException {
    try (DataDirectoryLock lock = DataDirectoryLock.acquire(directory)) {
      Secret key = SecretKeyFile.of(lock);
      assertThat(SecretKeyFile.of(lock)).isEqualTo(key);
      Path file = directory.resolve("secret-key");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      Files.writeString(file, "");
      assertThatThrownBy(() -> SecretKeyFile.of(lock)).isInstanceOf(PortFailure.class);
    }
  }
}
