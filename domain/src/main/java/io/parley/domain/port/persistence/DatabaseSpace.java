package io.parley.domain.port.persistence;

import io.parley.domain.erasure.Retained;
import java.util.Set;

/** What removed rows leave behind in the files of the database. Maintenance side. */
public interface DatabaseSpace {

  /**
   * Gives up the bytes of rows that were removed, as far as this database lets Parley do so while
   * it serves.
   *
   * @return what may still be kept of rows that were removed before the call
   */
  Set<Retained> reclaim();
}
