package io.parley.domain.erasure;

/**
 * What may still be kept, beside or below a store, of what was removed from it. A store that keeps
 * nothing of the kind says so by an empty set.
 */
public enum Retained {
  /** Bytes in the store's own files until they are written over. */
  FREE_SPACE,
  /** A log of changes, until it is written over. */
  WRITE_AHEAD_LOG,
  /** Earlier versions, until the provider's rule for them removes them. */
  VERSIONS,
  /** Deleted entries that can be restored for a while. */
  SOFT_DELETES,
  /** Copies that the provider makes. */
  PROVIDER_BACKUPS,
  /** Copies that whoever runs Parley makes. */
  OWN_BACKUPS
}
