package io.parley.adapter.storage.redis;

import io.parley.domain.port.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Values as they lie in Redis: each behind an HMAC-SHA256 of its key and itself. What others wrote
 * there is told from what this installation wrote before anything is made of it.
 */
final class SealedValues {
  /** How much longer a value is with its seal. */
  static final int SEAL = 32;

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec secret;

  /**
   * @param secret what keys are hashed with; seals have one of their own that is derived from it
   */
  SealedValues(Secret secret) {
    byte[] given = secret.reveal().getBytes(StandardCharsets.UTF_8);
    byte[] purpose = "seals".getBytes(StandardCharsets.US_ASCII);
    this.secret = new SecretKeySpec(hash(new SecretKeySpec(given, ALGORITHM), purpose), ALGORITHM);
  }

  byte[] seal(byte[] key, byte[] value) {
    return ByteBuffer.allocate(SEAL + value.length)
        .put(hash(secret, key, value))
        .put(value)
        .array();
  }

  /** The value; empty when it was not sealed by this installation and for this key. */
  Optional<byte[]> open(byte[] key, byte[] sealed) {
    if (sealed.length < SEAL) {
      return Optional.empty();
    }
    byte[] value = Arrays.copyOfRange(sealed, SEAL, sealed.length);
    byte[] seal = Arrays.copyOf(sealed, SEAL);
    return MessageDigest.isEqual(seal, hash(secret, key, value))
        ? Optional.of(value)
        : Optional.empty();
  }

  private static byte[] hash(SecretKeySpec secret, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      for (byte[] part : parts) {
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HmacSHA256.", e);
    }
  }
}
