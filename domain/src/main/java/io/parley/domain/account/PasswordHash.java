package io.parley.domain.account;

/** An encoded password hash with its algorithm and salt; never printed. */
public record PasswordHash(String encoded) {
  @Override
  public String toString() {
    return "***";
  }
}
