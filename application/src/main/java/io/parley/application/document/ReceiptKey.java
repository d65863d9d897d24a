package io.parley.application.document;

import io.parley.domain.port.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** The key that opens a receipt whose owner is gone: 256 random bits, kept by hash. */
final class ReceiptKey {
  private static final SecureRandom RANDOM = new SecureRandom();

  private ReceiptKey() {}

  static Secret make() {
    byte[] random = new byte[32];
    RANDOM.nextBytes(random);
    return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
  }

  static String hash(Secret key) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(key.reveal().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }

  /** In the same time, however much of it is right. */
  static boolean matches(Secret given, String hash) {
    return MessageDigest.isEqual(
        hash(given).getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
  }
}
