package io.parley.adapter.persistence;

import io.parley.domain.port.Secret;
import io.parley.domain.port.persistence.InstanceSecrets;
import java.util.Optional;
import java.util.function.Supplier;

final class PostgresInstanceSecrets implements InstanceSecrets {

  private final Sql sql;

  PostgresInstanceSecrets(Sql sql) {
    this.sql = sql;
  }

  @Override
  public Secret getOrCreate(String name, Supplier<Secret> make) {
    return find(name).orElseGet(() -> sql.inTransaction(() -> create(name, make)));
  }

  private Secret create(String name, Supplier<Secret> make) {
    sql.lock("instance_secrets " + name);
    return find(name)
        .orElseGet(() -> {
          Secret made = make.get();
          sql.update(
              "insert into instance_secrets (name, value) values (?, ?)", name, made.reveal());
          return made;
        });
  }

  private Optional<Secret> find(String name) {
    return sql.find(
        "select value from instance_secrets where name = ?",
        row -> new Secret(row.text("value")),
        name);
  }

  @Override
  public boolean consume(String name, Secret given) {
    return sql.update(
            """
            update instance_secrets set consumed_at = now()
            where name = ? and value = ? and consumed_at is null
            """,
            name,
            given.reveal())
        == 1;
  }

  @Override
  public boolean available(String name) {
    return sql.exists(
        "select 1 from instance_secrets where name = ? and consumed_at is null", name);
  }
}
