package io.parley.adapter.persistence;

import io.parley.domain.port.persistence.Transactions;
import java.util.function.Supplier;

final class PostgresTransactions implements Transactions {

  private final Sql sql;

  PostgresTransactions(Sql sql) {
    this.sql = sql;
  }

  @Override
  public <T> T inTransaction(Supplier<T> work) {
    return sql.inTransaction(work);
  }
}
