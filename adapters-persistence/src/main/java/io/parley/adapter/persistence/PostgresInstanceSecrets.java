package io.parley.adapter.persistence;

import io.parley.domain.port.Secret;
import io.parley.domain.port.persistence.InstanceSecrets;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;

final class PostgresInstanceSecrets implements InstanceSecrets {

  private final Sql sql;
  private final SecretCipher cipher;

  PostgresInstanceSecrets(Sql sql, SecretCipher cipher) {
    this.sql = sql;
    this.cipher = cipher;
  }

  private record Stored(String name, String value, boolean encrypted, boolean consumed) {
    static Stored of(Row row) throws SQLException {
      return new Stored(
          row.text("name"), row.text("value"), row.bool("encrypted"), row.bool("consumed"));
    }
  }

  @Override
  public Secret getOrCreate(String name, Supplier<Secret> make) {
    return find(name).map(this::open).orElseGet(() -> alone(name, () -> create(name, make)));
  }

  private Secret create(String name, Supplier<Secret> make) {
    return find(name)
        .map(this::open)
        .orElseGet(() -> {
          Secret made = make.get();
          insert(name, made);
          return made;
        });
  }

  @Override
  public void preset(String name, Secret value) {
    alone(
        name,
        () -> {
          Optional<Stored> stored = find(name);
          if (stored.isEmpty()) {
            insert(name, value);
          } else if (!same(open(stored.get()), value)) {
            update(name, value);
            sql.update("update instance_secrets set consumed_at = null where name = ?", name);
          }
          return true;
        });
  }

  @Override
  public boolean consume(String name, Secret given) {
    return alone(
        name,
        () -> {
          boolean right = find(name).filter(s -> !s.consumed() && same(open(s), given)).isPresent();
          if (right) {
            sql.update("update instance_secrets set consumed_at = now() where name = ?", name);
          }
          return right;
        });
  }

  @Override
  public boolean available(String name) {
    return sql.exists(
        "select 1 from instance_secrets where name = ? and consumed_at is null", name);
  }

  /** Encrypts what is not, or not with the key that encrypts; fails where no key fits. */
  void protect() {
    sql.inTransaction(() -> {
      sql
          .list(
              """
              select name, value, encrypted, consumed_at is not null as consumed
              from instance_secrets order by name for update
              """,
              Stored::of)
          .stream()
          .filter(this::isToBeProtected)
          .forEach(stored -> update(stored.name(), open(stored)));
      return true;
    });
  }

  private boolean isToBeProtected(Stored stored) {
    if (!cipher.encrypts()) {
      open(stored);
      return false;
    }
    return !stored.encrypted() || !cipher.isCurrent(stored.name(), stored.value());
  }

  private <T> T alone(String name, Supplier<T> work) {
    return sql.inTransaction(() -> {
      sql.lock("instance_secrets " + name);
      return work.get();
    });
  }

  private Optional<Stored> find(String name) {
    return sql.find(
        """
        select name, value, encrypted, consumed_at is not null as consumed
        from instance_secrets where name = ?
        """,
        Stored::of,
        name);
  }

  private Secret open(Stored stored) {
    return stored.encrypted()
        ? cipher.decrypt(stored.name(), stored.value())
        : new Secret(stored.value());
  }

  private String close(String name, Secret secret) {
    return cipher.encrypts() ? cipher.encrypt(name, secret) : secret.reveal();
  }

  private void insert(String name, Secret secret) {
    sql.update(
        "insert into instance_secrets (name, value, encrypted) values (?, ?, ?)",
        name,
        close(name, secret),
        cipher.encrypts());
  }

  private void update(String name, Secret secret) {
    sql.update(
        "update instance_secrets set value = ?, encrypted = ? where name = ?",
        close(name, secret),
        cipher.encrypts(),
        name);
  }

  private static boolean same(Secret one, Secret other) {
    return MessageDigest.isEqual(
        one.reveal().getBytes(StandardCharsets.UTF_8),
        other.reveal().getBytes(StandardCharsets.UTF_8));
  }
}
