package io.parley.testkit.memory;

import io.parley.domain.port.persistence.Reconciliations;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The turn and the reports, outside of transactions. */
final class InMemoryReconciliations implements Reconciliations {

  private final Map<String, Kept> reports = new ConcurrentHashMap<>();
  private @Nullable UUID holder;
  private Instant expiresAt = Instant.MIN;

  @Override
  public synchronized boolean begin(UUID run, Duration leaseFor, Instant now) {
    if (holder != null && !holder.equals(run) && expiresAt.isAfter(now)) {
      return false;
    }
    holder = run;
    expiresAt = now.plus(leaseFor);
    return true;
  }

  @Override
  public synchronized boolean renew(UUID run, Duration leaseFor, Instant now) {
    boolean held = run.equals(holder);
    if (held) {
      expiresAt = now.plus(leaseFor);
    }
    return held;
  }

  @Override
  public synchronized void end(UUID run) {
    if (run.equals(holder)) {
      holder = null;
    }
  }

  @Override
  public void keep(String server, Kept kept) {
    reports.put(server, new Kept(InMemoryDatabase.kept(kept.endedAt()), kept.report()));
  }

  @Override
  public Optional<Kept> last(String server) {
    return Optional.ofNullable(reports.get(server));
  }
}
