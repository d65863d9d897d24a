package io.parley.adapter.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.parley.domain.document.ContentType;
import io.parley.domain.document.DocumentName;
import io.parley.domain.port.Secret;
import io.parley.domain.port.storage.PreviewAs;
import io.parley.testkit.Scopes;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreviewTokensTest {
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private final PreviewTokens tokens = new PreviewTokens(new Secret("k".repeat(32)));
  private final PreviewTokens.Claims claims = claims("Bericht \uD83D\uDC1D.pdf");
  private final String token = tokens.sign(claims);

  private static PreviewTokens.Claims claims(String name) {
    return new PreviewTokens.Claims(
        Blobs.key(Scopes.fresh(), name),
        new PreviewAs(new DocumentName(name), ContentType.PDF),
        NOW.plusSeconds(60));
  }

  @Test
  void readsWhatItHasSigned() {
    assertThat(tokens.verify(token, NOW)).contains(claims);
  }

  @Test
  void expires() {
    assertThat(tokens.verify(token, NOW.plusSeconds(59))).isPresent();
    assertThat(tokens.verify(token, NOW.plusSeconds(60))).isEmpty();
  }

  @Test
  void acceptsNothingSignedWithAnotherKey() {
    PreviewTokens others = new PreviewTokens(new Secret("K".repeat(32)));
    assertThat(others.verify(token, NOW)).isEmpty();
    assertThat(tokens.verify(others.sign(claims), NOW)).isEmpty();
  }

  @Test
  void acceptsNoTokenWithOneCharacterChanged() {
    for (int at = 0; at < token.length(); at++) {
      char other = ALPHABET.charAt((ALPHABET.indexOf(token.charAt(at)) + 1) % 64);
      String forged = token.substring(0, at) + other + token.substring(at + 1);
      assertThat(tokens.verify(forged, NOW)).as("at %d", at).isEmpty();
    }
  }

  @Test
  void acceptsNoSecondSpellingAndNoParts() {
    String payload = token.substring(0, token.indexOf('.'));
    String signature = token.substring(token.indexOf('.') + 1);
    String others = tokens.sign(claims("other.pdf"));
    for (String forged :
        List.of(
            "",
            ".",
            payload,
            payload + ".",
            "." + signature,
            token + "=",
            token + ".",
            " " + token,
            payload + "." + signature.substring(1),
            payload + others.substring(others.indexOf('.')),
            "x".repeat(PreviewTokens.MAX_LENGTH) + "." + signature)) {
      assertThat(tokens.verify(forged, NOW)).as(forged).isEmpty();
    }
  }

  @Test
  void signsTheLongestNamesWithinItsLength() {
    assertThat(tokens.sign(claims("\uFFFD".repeat(255))).length())
        .isLessThanOrEqualTo(PreviewTokens.MAX_LENGTH);
  }

  @Test
  void needsALongKey() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new FilesystemBlobConfig(
                Path.of("x"), new Secret("k".repeat(31)), InstantSource.system()));
  }
}
