package io.parley.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.persistence.DatabaseFacts;
import io.parley.domain.port.persistence.DatabaseHealth;
import org.junit.jupiter.api.Test;

/** What every {@link DatabaseHealth} does. */
public abstract class DatabaseHealthContract {

  /** Of a database that serves. */
  protected abstract DatabaseHealth serving();

  /** Of a database that served once and cannot be reached any more. */
  protected abstract DatabaseHealth lost();

  @Test
  void aDatabaseThatServesAnswers() {
    assertThatCode(() -> serving().ping()).doesNotThrowAnyException();
  }

  @Test
  void aDatabaseThatServesSaysWhatItIs() {
    DatabaseFacts facts = serving().facts();

    assertThat(facts.version()).isNotBlank();
    assertThat(facts.major()).isGreaterThanOrEqualTo(facts.oldest());
    assertThat(facts.schema()).isEqualTo(DatabaseFacts.Schema.CURRENT);
    assertThat(facts.mayChangeSchema()).isTrue();
    assertThat(facts.openConnections()).isBetween(1, facts.mostConnections());
    assertThat(facts.poolSize()).isLessThanOrEqualTo(facts.mostConnections());
  }

  @Test
  void aLostDatabaseSaysNothing() {
    DatabaseHealth lost = lost();
    assertThatExceptionOfType(PortFailure.class).isThrownBy(lost::facts);
  }

  @Test
  void aDatabaseThatIsLostIsAFailureThatMayPass() {
    DatabaseHealth lost = lost();
    for (int i = 0; i < 3; i++) {
      assertThatExceptionOfType(PortFailure.class)
          .isThrownBy(lost::ping)
          .matches(PortFailure::retryable);
    }
  }
}
