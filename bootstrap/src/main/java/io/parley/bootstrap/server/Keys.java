package io.parley.bootstrap.server;

import io.parley.domain.port.Secret;
import io.parley.domain.port.persistence.InstanceSecrets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The keys that things are signed with, one for each purpose, all derived from one secret. */
final class Keys {
  private final Secret root;

  /**
   * @param preset the secret from the settings; without one, it is made once and kept in the
   *     database
   */
  Keys(InstanceSecrets secrets, @Nullable Secret preset) {
    root = preset == null ? secrets.getOrCreate("signing-key", Keys::random) : preset;
  }

  /** HMAC-SHA256 of the purpose under the root secret, as RFC 5869 expands a key. */
  Secret derive(String purpose) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(root.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return new Secret(
          HexFormat.of().formatHex(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HmacSHA256.", e);
    }
  }

  private static Secret random() {
    byte[] bytes = new byte[48];
    new SecureRandom().nextBytes(bytes);
    return new Secret(Base64.getEncoder().encodeToString(bytes));
  }
}
