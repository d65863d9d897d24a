package io.parley.application.document;

import io.parley.domain.erasure.Retained;
import io.parley.domain.port.persistence.DatabaseSpace;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/** Gives up the space of removed rows, once for all erasures that have come together. */
final class ReclaimSpace {
  private final DatabaseSpace space;
  private final InstantSource clock;
  private Instant last = Instant.MIN;
  private Set<Retained> retained = Set.of();

  ReclaimSpace(DatabaseSpace space, InstantSource clock) {
    this.space = space;
    this.clock = clock;
  }

  /** What may still be kept of rows that were removed before the given time. */
  synchronized Set<Retained> since(Instant removed) {
    if (!last.isAfter(removed)) {
      Instant begun = clock.instant();
      retained = space.reclaim();
      last = begun;
    }
    return retained;
  }
}
