package io.parley.adapter.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.parley.adapter.web.WebConfig;
import io.parley.domain.account.User;
import io.parley.domain.account.UserId;
import io.parley.domain.port.Secret;
import io.parley.testkit.persistence.People;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only our own access tokens, unchanged and in their time, are taken. */
final class AccessTokensTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String KEY = "a signing key for tests, long enough";
  private static final User PERSON = People.someone();
  private static final UserId USER = PERSON.id();
  private static final WebConfig CONFIG = WebConfig.of("127.0.0.1", 0, new Secret(KEY));

  private static AccessTokens at(Instant time) {
    return new AccessTokens(CONFIG, InstantSource.fixed(time));
  }

  private static String made(Consumer<JWTClaimsSet.Builder> claims, JWSHeader header, byte[] key)
      throws JOSEException {
    JWTClaimsSet.Builder builder =
        new JWTClaimsSet.Builder()
            .issuer("parley")
            .audience("parley-api")
            .subject(USER.toString())
            .issueTime(Date.from(NOW))
            .expirationTime(Date.from(NOW.plusSeconds(600)));
    claims.accept(builder);
    SignedJWT token = new SignedJWT(header, builder.build());
    token.sign(new MACSigner(key));
    return token.serialize();
  }

  private static byte[] key() throws NoSuchAlgorithmException {
    return MessageDigest.getInstance("SHA-256").digest(KEY.getBytes(StandardCharsets.UTF_8));
  }

  private static JWSHeader.Builder header(JWSAlgorithm algorithm) {
    return new JWSHeader.Builder(algorithm).type(new JOSEObjectType("at+jwt"));
  }

  @Test
  void itsOwnTokenNamesItsUser() {
    assertThat(at(NOW).verify(at(NOW).issue(PERSON).reveal()))
        .hasValue(new AccessTokens.Claims(USER, 0));
    assertThat(CONFIG.tokenLifetime()).isBetween(Duration.ofMinutes(15), Duration.ofMinutes(30));
  }

  @Test
  void aTokenEndsWithItsTime() {
    String token = at(NOW).issue(PERSON).reveal();
    assertThat(at(NOW.plus(CONFIG.tokenLifetime())).verify(token)).isEmpty();
    assertThat(at(NOW.plus(CONFIG.tokenLifetime()).minusMillis(1)).verify(token))
        .hasValue(new AccessTokens.Claims(USER, 0));
  }

  @Test
  void aTokenThatIsRightInAllThingsIsTaken() throws Exception {
    assertThat(at(NOW).verify(made(_ -> {}, header(JWSAlgorithm.HS256).build(), key())))
        .hasValue(new AccessTokens.Claims(USER, 0));
  }

  @Test
  void aTokenThatIsWrongInOneThingIsNot() throws Exception {
    JWSHeader good = header(JWSAlgorithm.HS256).build();
    byte[] longKey = Arrays.copyOf(key(), 64);
    List<String> wrong =
        List.of(
            made(c -> c.issuer("clerk"), good, key()),
            made(c -> c.issuer(null), good, key()),
            made(c -> c.audience("another"), good, key()),
            made(c -> c.audience(List.of("parley-api", "another")), good, key()),
            made(c -> c.subject("admin"), good, key()),
            made(c -> c.subject(null), good, key()),
            made(c -> c.expirationTime(null), good, key()),
            made(c -> c.issueTime(null), good, key()),
            made(c -> c.expirationTime(Date.from(NOW.plusSeconds(86_400))), good, key()),
            made(_ -> {}, new JWSHeader.Builder(JWSAlgorithm.HS256).build(), key()),
            made(
                _ -> {},
                new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build(),
                key()),
            made(_ -> {}, header(JWSAlgorithm.HS256).keyID("../../dev/null").build(), key()),
            made(_ -> {}, header(JWSAlgorithm.HS512).build(), longKey),
            made(_ -> {}, good, new byte[32]),
            made(_ -> {}, good, KEY.getBytes(StandardCharsets.UTF_8)));
    assertThat(wrong).allMatch(token -> at(NOW).verify(token).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "...",
        "a.b.c",
        "{}.{}.{}",
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.",
        "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.e30.",
        "k3f9_a-refresh-token_is_43_random_characters_long"
      })
  void whatIsNoTokenIsNot(String token) {
    assertThat(at(NOW).verify(token)).isEmpty();
    assertThat(at(NOW).verify(token + "x".repeat(3_000))).isEmpty();
  }

  @Test
  void noBitOfATokenCanBeChanged() {
    String token = at(NOW).issue(PERSON).reveal();
    for (int i = 0; i < token.length() - 1; i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String changed = token.substring(0, i) + other + token.substring(i + 1);
      assertThat(at(NOW).verify(changed)).as("character %d", i).isEmpty();
    }
  }
}
