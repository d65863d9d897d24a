package io.parley.domain.port.storage;

import java.util.Optional;

/**
 * Values that can be made anew, kept for a while. Whatever was put may be gone at any time: that a
 * backend is away, slow, full or damaged is a value that is not there, and never a failure of the
 * caller's. A key names all that its value was made from, and the scope where not all may see it:
 * while a backend refuses a new value, it may go on to give the one before. Safe for use by many
 * threads.
 */
public interface Cache {

  /** The value, as it was put; an array of the caller's own. Empty once its time is over. */
  Optional<byte[]> get(CacheSpace space, String key);

  /**
   * Keeps a value in the place of the one before, for as long as the space says. One that is too
   * large for the cache is not kept, and neither is the one before.
   *
   * @param key any text; no backend gets to read it
   */
  void put(CacheSpace space, String key, byte[] value);

  /** Forgets a value; nothing happens when there is none. */
  void remove(CacheSpace space, String key);

  /** Whether others with the same backend see what was put, and a call waits for the network. */
  boolean shared();
}
