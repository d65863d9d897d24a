package io.parley.domain.account;

import java.util.UUID;

/** One user in one tenant. The same person in two organisations is two users. */
public record UserId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
