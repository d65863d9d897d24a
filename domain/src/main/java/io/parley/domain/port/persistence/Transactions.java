package io.parley.domain.port.persistence;

import java.util.function.Supplier;

/**
 * Several changes as one. Repositories called inside take part; called outside, each call is a
 * transaction of its own. Nested calls join. An exception rolls back. A serialisation failure or
 * deadlock is retried a few times by running the work again, so the work must do nothing but call
 * repositories.
 */
public interface Transactions {

  <T> T inTransaction(Supplier<T> work);

  default void run(Runnable work) {
    inTransaction(() -> {
      work.run();
      return true;
    });
  }
}
