package io.parley.domain.bot;

/**
 * Whether a bot can be asked: {@code ACTIVE} answers; {@code INACTIVE} was switched off by its
 * owner.
 */
public enum BotStatus {
  ACTIVE,
  INACTIVE,
  TRAINING,
  ERROR
}
