package io.parley.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PostgresPersistenceTest {

  private static final TestDatabase DATABASE = TestDatabase.create();

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void answersAPing() {
    DATABASE.persistence().health().ping();
  }

  @Test
  void migratesOnceOnly() {
    assertThat(DATABASE.persistence().migrate()).isZero();
  }

  @Test
  void runsWorkInATransaction() {
    assertThat(DATABASE.persistence().transactions().<Boolean>inTransaction(() -> true)).isTrue();
  }
}
