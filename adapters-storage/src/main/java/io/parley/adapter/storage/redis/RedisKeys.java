package io.parley.adapter.storage.redis;

import io.parley.domain.port.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The names of things in Redis: {@code parley:<namespace>:<kind>:<name>:<hash>}. Whoever reads them
 * learns nothing of a question, an address or a user: the hash is an HMAC-SHA256.
 */
final class RedisKeys {
  private static final String ALGORITHM = "HmacSHA256";

  private final String prefix;
  private final SecretKeySpec secret;

  RedisKeys(String namespace, Secret secret) {
    this.prefix = "parley:" + namespace + ":";
    this.secret = new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /**
   * @param kind what it is for, such as {@code cache}
   * @param name which of that kind; like the kind, readable in Redis
   * @param hidden what is to be told apart, and not read
   */
  byte[] of(String kind, String name, String hidden) {
    String key = prefix + kind + ":" + name + ":" + HexFormat.of().formatHex(hash(hidden));
    return key.getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] hash(String hidden) {
    // Not through a charset: it would turn all lone surrogates into the same question mark.
    ByteBuffer units = ByteBuffer.allocate(hidden.length() * Character.BYTES);
    units.asCharBuffer().put(hidden);
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      return mac.doFinal(units.array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HmacSHA256.", e);
    }
  }
}
