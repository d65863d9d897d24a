package io.parley.bootstrap.e2e;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens in a user's name that the server did not make, signed with whatever is asked for. */
final class ForgedTokens {
  private static final String GOOD_HEADER = "{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}";
  private static final byte[] OTHER_KEY = new byte[32];

  private final String subject;
  private final byte[] key = serverKey();

  ForgedTokens(String subject) {
    this.subject = subject;
  }

  /** One that is as good as the server's own: without it, the others would prove nothing. */
  String good() {
    return sign(GOOD_HEADER, claims(Map.of()), "HmacSHA256", key);
  }

  /** None of these may be accepted, by what is wrong with it. */
  Map<String, String> all(String real) {
    Map<String, String> forged = new LinkedHashMap<>();
    forged.put(
        "no algorithm", encoded("{\"alg\":\"none\",\"typ\":\"at+jwt\"}") + "." + body() + ".");
    forged.put("no signature", encoded(GOOD_HEADER) + "." + body() + ".");
    forged.put("another key", sign(GOOD_HEADER, claims(Map.of()), "HmacSHA256", OTHER_KEY));
    forged.put(
        "another signature", real.substring(0, real.lastIndexOf('.')) + "." + "A".repeat(43));
    forged.put(
        "another algorithm",
        sign(GOOD_HEADER.replace("256", "512"), claims(Map.of()), "HmacSHA512", key));
    forged.put(
        "another type",
        sign(GOOD_HEADER.replace("at+jwt", "JWT"), claims(Map.of()), "HmacSHA256", key));
    forged.put("expired", with("exp", Instant.now().getEpochSecond() - 1));
    forged.put("no end", with("exp", ""));
    forged.put(
        "an end in a hundred years", with("exp", Instant.now().getEpochSecond() + 3_153_600_000L));
    forged.put("another audience", with("aud", "\"another-api\""));
    forged.put("another issuer", with("iss", "\"somebody\""));
    forged.put("a user who never was", with("sub", "\"" + UUID.randomUUID() + "\""));
    forged.put("a subject that is no id", with("sub", "\"admin\""));
    forged.put("no token at all", "not-a-token");
    return forged;
  }

  private String with(String claim, Object value) {
    return sign(GOOD_HEADER, claims(Map.of(claim, value.toString())), "HmacSHA256", key);
  }

  private String body() {
    return encoded(claims(Map.of()));
  }

  /**
   * @param changed a claim without a value is left out
   */
  private String claims(Map<String, String> changed) {
    long now = Instant.now().getEpochSecond();
    Map<String, String> claims = new TreeMap<>();
    claims.put("iss", "\"parley\"");
    claims.put("aud", "\"parley-api\"");
    claims.put("sub", "\"" + subject + "\"");
    claims.put("jti", "\"" + UUID.randomUUID() + "\"");
    claims.put("iat", Long.toString(now));
    claims.put("exp", Long.toString(now + 300));
    claims.putAll(changed);
    StringBuilder json = new StringBuilder();
    claims.forEach((name, value) -> {
      if (!value.isEmpty()) {
        json.append(json.isEmpty() ? "{" : ",")
            .append('"')
            .append(name)
            .append("\":")
            .append(value);
      }
    });
    return json.append("}").toString();
  }

  private static String sign(String header, String claims, String algorithm, byte[] key) {
    String signed = encoded(header) + "." + encoded(claims);
    return signed + "." + encoded(mac(algorithm, key, signed));
  }

  /** As the server derives it from the secret that the tests set. */
  private static byte[] serverKey() {
    byte[] root = SharedParley.SIGNING_KEY.getBytes(StandardCharsets.UTF_8);
    String derived = HexFormat.of().formatHex(mac("HmacSHA256", root, "access-tokens"));
    try {
      return MessageDigest.getInstance("SHA-256").digest(derived.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] mac(String algorithm, byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String text) {
    return encoded(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
