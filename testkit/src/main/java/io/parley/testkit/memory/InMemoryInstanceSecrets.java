package io.parley.testkit.memory;

import io.parley.domain.port.Secret;
import io.parley.domain.port.persistence.InstanceSecrets;
import io.parley.testkit.memory.InMemoryDatabase.KeptSecret;
import java.util.function.Supplier;

/** An installation's secrets in memory. */
public final class InMemoryInstanceSecrets implements InstanceSecrets {

  private final InMemoryDatabase database;

  public InMemoryInstanceSecrets(InMemoryDatabase database) {
    this.database = database;
  }

  @Override
  public Secret getOrCreate(String name, Supplier<Secret> make) {
    return database.inTransaction(() ->
        database
            .secrets
            .get(name)
            .map(KeptSecret::value)
            .orElseGet(() -> {
              Secret made = make.get();
              database.secrets.put(name, new KeptSecret(made, false));
              return made;
            }));
  }

  @Override
  public void preset(String name, Secret value) {
    database.run(() -> {
      boolean kept = database.secrets.get(name).filter(s -> s.value().equals(value)).isPresent();
      if (!kept) {
        database.secrets.put(name, new KeptSecret(value, false));
      }
    });
  }

  @Override
  public boolean consume(String name, Secret given) {
    return database.inTransaction(() -> {
      boolean right =
          database
              .secrets
              .get(name)
              .filter(kept -> !kept.consumed() && kept.value().equals(given))
              .isPresent();
      if (right) {
        database.secrets.put(name, new KeptSecret(given, true));
      }
      return right;
    });
  }

  @Override
  public boolean available(String name) {
    return database.inTransaction(
        () -> database.secrets.get(name).filter(kept -> !kept.consumed()).isPresent());
  }
}
