package io.parley.domain.port.storage;

import java.time.Duration;

/**
 * Values of one kind in a {@link Cache}. Two spaces have no key in common.
 *
 * @param name 1 to 40 lower-case letters, digits and dashes
 * @param keepFor how long after it was put a value may be given; a millisecond or more
 */
public record CacheSpace(String name, Duration keepFor) {

  public CacheSpace {
    if (!name.matches("[a-z0-9-]{1,40}")) {
      throw new IllegalArgumentException("This is no name of a space: " + name);
    }
    if (keepFor.toMillis() < 1) {
      throw new IllegalArgumentException("A space keeps its values for a millisecond or more.");
    }
  }
}
