package io.parley.application.account;

/** Who may register. */
public enum RegistrationMode {
  /** Everybody. */
  OPEN,
  /** Those with the set-up code, and those whom staff registers. */
  CLOSED
}
