package io.parley.testkit.storage;

import static io.parley.testkit.storage.BlobFixture.AS_PDF;
import static io.parley.testkit.storage.BlobFixture.PLENTY;
import static io.parley.testkit.storage.BlobFixture.newKey;
import static io.parley.testkit.storage.BlobFixture.text;
import static io.parley.testkit.storage.BlobFixture.textOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.BlobKey;
import io.parley.domain.port.storage.BlobStore;
import io.parley.domain.port.storage.PreviewLink;
import io.parley.domain.port.storage.SignedBlobs;
import io.parley.domain.port.storage.SignedBlobs.SignedBlob;
import io.parley.testkit.Scopes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every store keeps that serves its own preview links: {@code /previews/{token}}.
 *
 * @param <S> the store
 */
public abstract class SignedBlobsContract<S extends BlobStore & SignedBlobs> {
  private static final Instant START = Instant.parse("2026-11-21T08:00:00.250Z");
  private static final String PREFIX = "/previews/";

  private final BotScope scope = Scopes.fresh();
  private Instant now = START;

  /** A new, empty store that asks this clock for the time. */
  protected abstract S create(InstantSource clock);

  private S newStore() {
    return create(() -> now);
  }

  @BeforeEach
  void resetTime() {
    now = START;
  }

  @Test
  void opensWhatTheLinkPointsTo() {
    S store = newStore();
    BlobKey key = newKey(scope, "report.pdf");
    store.put(scope, key, text("content"), PLENTY);
    String token = token(store.preview(scope, key, AS_PDF, Duration.ofMinutes(5)));

    SignedBlob found = store.open(token).orElseThrow();

    assertThat(found.key()).isEqualTo(key);
    assertThat(found.size()).isEqualTo(7);
    assertThat(found.as()).isEqualTo(AS_PDF);
    assertThat(found.storedAt()).isAfter(Instant.EPOCH);
    assertThat(store.open(token).orElseThrow().storedAt()).isEqualTo(found.storedAt());
    assertThat(textOf(found.content())).isEqualTo("content");
  }

  @Test
  void makesShortRelativeLinksForEveryName() {
    S store = newStore();

    for (String name : NastyNames.ALL) {
      PreviewLink link = link(store, name, name);
      assertThat(link.uri().toString()).matches("/previews/[A-Za-z0-9._~-]+").hasSizeLessThan(3000);
      assertThat(store.open(token(link)).map(blob -> textOf(blob.content())).orElseThrow())
          .isEqualTo(textOf(text(name)));
    }
  }

  @Test
  void servesALinkUntilItExpires() {
    S store = newStore();
    PreviewLink link = link(store, "report.pdf", "content");

    now = link.expiresAt().minusNanos(1);
    assertThat(store.open(token(link)).map(blob -> textOf(blob.content()))).contains("content");
    now = link.expiresAt();
    assertThat(store.open(token(link))).isEmpty();
  }

  @Test
  void saysWhenALinkExpiresToTheSecond() {
    PreviewLink link = link(newStore(), "report.pdf", "content");

    Instant asked = START.plus(Duration.ofMinutes(5));
    assertThat(link.expiresAt()).isBetween(asked, asked.plusSeconds(1));
  }

  @Test
  void refusesATokenWithAnyBitTurned() {
    S store = newStore();
    String token = token(link(store, "report.pdf", "content"));

    for (int i = 0; i < token.length(); i++) {
      for (int bit = 0; bit < 16; bit++) {
        char turned = (char) (token.charAt(i) ^ (1 << bit));
        String forged = token.substring(0, i) + turned + token.substring(i + 1);
        assertThat(store.open(forged)).as("character %s, bit %s", i, bit).isEmpty();
      }
    }
  }

  @Test
  void refusesATokenCutOrLengthenedAnywhere() {
    S store = newStore();
    String token = token(link(store, "report.pdf", "content"));

    assertThat(IntStream.range(0, token.length()).mapToObj(end -> token.substring(0, end)))
        .allSatisfy(cut -> assertThat(store.open(cut)).isEmpty());
    assertThat(List.of("A", "=", ".", " ", "\n", "." + token, token))
        .allSatisfy(more -> assertThat(store.open(token + more)).isEmpty());
  }

  @Test
  void refusesWhatIsNoToken() {
    S store = newStore();

    assertThat(List.of("", ".", "..", "a.b", "!.!", "\u8A9E.\uD83D", "A".repeat(1_000_000)))
        .allSatisfy(noToken -> assertThat(store.open(noToken)).isEmpty());
  }

  @Test
  void findsNothingWhenTheBlobIsGone() {
    S store = newStore();
    BlobKey key = newKey(scope, "report.pdf");
    store.put(scope, key, text("content"), PLENTY);
    String token = token(store.preview(scope, key, AS_PDF, Duration.ofMinutes(5)));

    store.delete(scope, key);

    assertThat(store.open(token)).isEmpty();
  }

  private PreviewLink link(S store, String name, String content) {
    BlobKey key = newKey(scope, name);
    store.put(scope, key, text(content), PLENTY);
    return store.preview(scope, key, AS_PDF, Duration.ofMinutes(5));
  }

  private static String token(PreviewLink link) {
    assertThat(link.uri().toString()).startsWith(PREFIX);
    return link.uri().toString().substring(PREFIX.length());
  }
}
