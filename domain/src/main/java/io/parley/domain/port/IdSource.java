package io.parley.domain.port;

import java.util.UUID;

/** Where new ids come from. */
@FunctionalInterface
public interface IdSource {

  /** A new id, never returned before. */
  UUID next();

  /** Random ids (UUIDv4). */
  static IdSource random() {
    return UUID::randomUUID;
  }
}
