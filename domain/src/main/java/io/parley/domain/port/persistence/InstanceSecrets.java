package io.parley.domain.port.persistence;

import io.parley.domain.port.Secret;
import java.util.function.Supplier;

/**
 * Secrets that an installation makes for itself at its first start and keeps: signing keys, the
 * set-up code.
 */
public interface InstanceSecrets {

  /**
   * The secret of that name, made by {@code make} exactly once however many servers start together.
   */
  Secret getOrCreate(String name, Supplier<Secret> make);

  /**
   * Makes {@code value} the one-time secret of that name, also where another one was kept or used
   * up. Nothing happens when it is that already: what was used up stays so.
   */
  void preset(String name, Secret value);

  /** Uses a one-time secret up. True for exactly one caller that gives the right one. */
  boolean consume(String name, Secret given);

  /** Whether a one-time secret is still there. */
  boolean available(String name);
}
