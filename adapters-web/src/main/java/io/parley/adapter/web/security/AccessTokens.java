package io.parley.adapter.web.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.parley.adapter.web.WebConfig;
import io.parley.domain.account.User;
import io.parley.domain.account.UserId;
import io.parley.domain.port.Secret;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Access tokens: JWTs of one algorithm (HS256), one type ({@code at+jwt}, RFC 9068), one issuer and
 * one audience, so that no other kind of token is ever taken for one.
 */
@Singleton
public final class AccessTokens {
  private static final String ISSUER = "parley";
  private static final String AUDIENCE = "parley-api";
  private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
  private static final Set<String> HEADER = Set.of("alg", "typ");
  private static final String PASSWORD = "pwv";
  private static final int LONGEST = 2_000;

  private final byte[] key;
  private final Duration lifetime;
  private final InstantSource clock;

  AccessTokens(WebConfig config, InstantSource clock) {
    this.key = sha256(config.tokenKey());
    this.lifetime = config.tokenLifetime();
    this.clock = clock;
  }

  /** How long a token is good from now on. */
  public Duration lifetime() {
    return lifetime;
  }

  /** A new token for a user, good as long as the password has this version. */
  public Secret issue(User user) {
    Instant now = clock.instant();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .audience(AUDIENCE)
            .subject(user.id().toString())
            .claim(PASSWORD, user.passwordVersion())
            .jwtID(UUID.randomUUID().toString())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(lifetime)))
            .build();
    SignedJWT token =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).type(TYPE).build(), claims);
    try {
      token.sign(new MACSigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("HS256 needs a key of 32 bytes.", e);
    }
    return new Secret(token.serialize());
  }

  /**
   * What a token says that is ours.
   *
   * @param passwordVersion that of the user's password when the token was issued
   */
  record Claims(UserId user, int passwordVersion) {}

  /** Whose token it is; empty for one that is forged, foreign, of another kind, or too old. */
  Optional<Claims> verify(String token) {
    if (token.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      return isOurs(jwt) && jwt.verify(new MACVerifier(key))
          ? claims(jwt.getJWTClaimsSet())
          : Optional.empty();
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isOurs(SignedJWT jwt) {
    JWSHeader header = jwt.getHeader();
    return JWSAlgorithm.HS256.equals(header.getAlgorithm())
        && TYPE.equals(header.getType())
        && HEADER.containsAll(header.getIncludedParams());
  }

  private Optional<Claims> claims(JWTClaimsSet claims) throws ParseException {
    Instant now = clock.instant();
    Date expires = claims.getExpirationTime();
    Date issued = claims.getIssueTime();
    boolean good =
        ISSUER.equals(claims.getIssuer())
            && List.of(AUDIENCE).equals(claims.getAudience())
            && expires != null
            && now.isBefore(expires.toInstant())
            && issued != null
            && !now.plus(lifetime).isBefore(expires.toInstant());
    String subject = claims.getSubject();
    // Tokens of versions before the claim are under the first password of their time.
    Integer password = claims.getIntegerClaim(PASSWORD);
    return good && subject != null
        ? Optional.of(
            new Claims(new UserId(UUID.fromString(subject)), password == null ? 0 : password))
        : Optional.empty();
  }

  private static byte[] sha256(Secret secret) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(secret.reveal().getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }
}
