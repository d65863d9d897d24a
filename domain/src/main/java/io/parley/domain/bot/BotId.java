package io.parley.domain.bot;

import java.util.UUID;

/** The id of a bot. */
public record BotId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
