package io.parley.adapter.vectorstore.pgvector;

import io.parley.domain.erasure.Retained;
import java.util.Set;

/** How much one search may ask for, and what the database keeps of what was removed. */
final class Limits {

  static final Set<Retained> RETAINED =
      Set.of(
          Retained.FREE_SPACE,
          Retained.WRITE_AHEAD_LOG,
          Retained.PROVIDER_BACKUPS,
          Retained.OWN_BACKUPS);

  private static final int MOST = 1_000;

  private Limits() {}

  static void check(int limit) {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("A search gives 1 to 1,000 chunks: " + limit);
    }
  }
}
