package io.parley.domain.job;

import java.util.UUID;

/** The id of queued work. */
public record JobId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
