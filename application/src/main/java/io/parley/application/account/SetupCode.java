package io.parley.application.account;

import io.parley.domain.port.Secret;
import io.parley.domain.port.persistence.InstanceSecrets;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The code that makes the first staff account, once. */
public final class SetupCode {
  static final String NAME = "setup-code";
  private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final InstanceSecrets secrets;
  private final @Nullable Secret preset;

  /**
   * @param preset the code that the installation was given, instead of one that it makes
   */
  public SetupCode(InstanceSecrets secrets, @Nullable Secret preset) {
    this.secrets = secrets;
    this.preset = preset;
  }

  /**
   * Makes the preset code the one that counts, also where another was made or used before: for the
   * start. A preset code that was used stays used.
   */
  public void install() {
    if (preset != null) {
      secrets.preset(NAME, preset);
    }
  }

  /** The code, made now when there was none yet; empty once it was used. */
  public Optional<Secret> current() {
    Secret code = secrets.getOrCreate(NAME, () -> preset == null ? random() : preset);
    return secrets.available(NAME) ? Optional.of(code) : Optional.empty();
  }

  boolean consume(Secret given) {
    return current().isPresent() && secrets.consume(NAME, given);
  }

  private static Secret random() {
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      code.append(i > 0 && i % 5 == 0 ? "-" : "").append(ALPHABET.charAt(RANDOM.nextInt(32)));
    }
    return new Secret(code.toString());
  }
}
