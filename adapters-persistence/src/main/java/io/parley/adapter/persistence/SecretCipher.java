package io.parley.adapter.persistence;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts the secrets that rows hold: AES-256-GCM, a random nonce each, bound to the secret's
 * name. The first key encrypts; all are tried to decrypt, so that a key can be replaced.
 */
final class SecretCipher {
  private static final String ALGORITHM = "AES/GCM/NoPadding";
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final List<SecretKeySpec> keys;

  /**
   * @param keys none: secrets are kept as they are
   */
  SecretCipher(List<Secret> keys) {
    this.keys = keys.stream().map(SecretCipher::key).toList();
  }

  boolean encrypts() {
    return !keys.isEmpty();
  }

  /** The secret of that name, as a row holds it. */
  String encrypt(String name, Secret secret) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    byte[] plain = secret.reveal().getBytes(StandardCharsets.UTF_8);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, keys.getFirst(), nonce, name).doFinal(plain);
      byte[] both = Arrays.copyOf(nonce, NONCE + sealed.length);
      System.arraycopy(sealed, 0, both, NONCE, sealed.length);
      return Base64.getEncoder().encodeToString(both);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has AES-GCM.", e);
    }
  }

  /** The secret that a row holds. */
  Secret decrypt(String name, String stored) {
    return keys.stream()
        .flatMap(key -> decrypt(key, name, stored).stream())
        .findFirst()
        .orElseThrow(this::wrongKey);
  }

  /** Whether the key that encrypts is the one that this was encrypted with. */
  boolean isCurrent(String name, String stored) {
    return decrypt(keys.getFirst(), name, stored).isPresent();
  }

  private static Optional<Secret> decrypt(SecretKeySpec key, String name, String stored) {
    try {
      byte[] both = Base64.getDecoder().decode(stored);
      byte[] nonce = Arrays.copyOf(both, NONCE);
      byte[] plain =
          cipher(Cipher.DECRYPT_MODE, key, nonce, name)
              .doFinal(both, NONCE, Math.max(0, both.length - NONCE));
      return Optional.of(new Secret(new String(plain, StandardCharsets.UTF_8)));
    } catch (AEADBadTagException | IllegalArgumentException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has AES-GCM.", e);
    }
  }

  private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, String name)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(ALGORITHM);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private static SecretKeySpec key(Secret secret) {
    try {
      byte[] text = ("parley secrets\n" + secret.reveal()).getBytes(StandardCharsets.UTF_8);
      return new SecretKeySpec(MessageDigest.getInstance("SHA-256").digest(text), "AES");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }

  private PortFailure wrongKey() {
    String sentence =
        encrypts()
            ? "The secrets in the database are encrypted with another key. Give PARLEY_SECRET_KEY, or"
                + " the file secret-key in the data directory, as it was before."
            : "The secrets in the database are encrypted. Set PARLEY_SECRET_KEY to the key that they"
                + " are encrypted with.";
    return new PortFailure(
        PortFailure.Kind.INVALID_CONFIGURATION, PostgresFailures.BACKEND, sentence, null);
  }
}
