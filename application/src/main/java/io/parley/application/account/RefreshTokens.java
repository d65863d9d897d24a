package io.parley.application.account;

import io.parley.domain.account.RefreshToken;
import io.parley.domain.account.UserId;
import io.parley.domain.port.Secret;
import io.parley.domain.port.persistence.RefreshTokenRepository;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;

/** Makes refresh tokens: 256 random bits, kept by hash, good for 30 days. */
final class RefreshTokens {
  private static final Duration VALID_FOR = Duration.ofDays(30);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final RefreshTokenRepository tokens;
  private final InstantSource clock;

  RefreshTokens(RefreshTokenRepository tokens, InstantSource clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  Secret issue(UUID family, UserId user) {
    byte[] random = new byte[32];
    RANDOM.nextBytes(random);
    Secret token = new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    tokens.add(new RefreshToken(family, hash(token), user, clock.instant().plus(VALID_FOR)));
    return token;
  }

  static String hash(Secret token) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] hash = sha256.digest(token.reveal().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }
}
