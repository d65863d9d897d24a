package io.parley.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.account.User;
import io.parley.domain.port.persistence.Transactions;
import org.junit.jupiter.api.Test;

/** What every {@link Transactions} does. */
public abstract class TransactionsContract {

  /** The ports under test. */
  protected abstract CorePorts ports();

  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void keepsAllThatWasDoneInside() {
    User one = People.someone();
    User two = People.someone();
    ports()
        .transactions()
        .run(() -> {
          ports().users().register(one);
          ports().users().register(two);
        });
    assertThat(ports().users().findForCredential(one.id())).contains(one);
    assertThat(ports().users().findForCredential(two.id())).contains(two);
  }

  @Test
  void givesWhatTheWorkGives() {
    assertThat(ports().transactions().<String>inTransaction(() -> "done")).isEqualTo("done");
  }

  @Test
  void rollsBackAndPassesOnWhatTheWorkThrows() {
    User user = People.someone();
    assertThatThrownBy(() ->
            ports()
                .transactions()
                .run(() -> {
                  ports().users().register(user);
                  throw new Refused();
                }))
        .isInstanceOf(Refused.class);
    assertThat(ports().users().findForCredential(user.id())).isEmpty();
  }

  @Test
  void joinsTheTransactionAround() {
    User inner = People.someone();
    assertThatThrownBy(() ->
            ports()
                .transactions()
                .run(() -> {
                  ports().transactions().run(() -> ports().users().register(inner));
                  throw new Refused();
                }))
        .isInstanceOf(Refused.class);
    assertThat(ports().users().findForCredential(inner.id())).isEmpty();
  }

  @Test
  void seesItsOwnChanges() {
    User user = People.someone();
    assertThat(
            ports()
                .transactions()
                .<Boolean>inTransaction(() -> {
                  ports().users().register(user);
                  return ports().users().findForCredential(user.id()).isPresent();
                }))
        .isTrue();
  }
}
