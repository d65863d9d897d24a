package io.parley.domain.port.persistence;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Whose turn it is to reconcile, of all servers on the database, and what the last ones found.
 * Maintenance side.
 */
public interface Reconciliations {

  /**
   * What a server's last reconciliation found.
   *
   * @param report texts, whole numbers, booleans, and lists and maps of them
   */
  record Kept(Instant endedAt, Map<String, Object> report) {}

  /** Takes the turn; false while another run has it. */
  boolean begin(UUID run, Duration leaseFor, Instant now);

  /** Keeps the turn for longer; false when it is lost. */
  boolean renew(UUID run, Duration leaseFor, Instant now);

  /** Gives the turn back. A run that has none is no error. */
  void end(UUID run);

  /** Keeps a server's report in place of its last one. */
  void keep(String server, Kept kept);

  /** A server's last report. */
  Optional<Kept> last(String server);
}
