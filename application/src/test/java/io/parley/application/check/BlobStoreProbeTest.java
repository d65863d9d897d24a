package io.parley.application.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.application.Bent;
import io.parley.application.check.BlobStoreProbe.OpenBlobs;
import io.parley.application.check.LinkReader.Fetched;
import io.parley.domain.erasure.Retained;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Portion;
import io.parley.domain.port.storage.BlobStore;
import io.parley.domain.port.storage.PutResult;
import io.parley.testkit.storage.InMemoryBlobStore;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each thing that is tried on a blob store is shown to fail once. */
class BlobStoreProbeTest {
  private static final long LARGEST = 6L << 20;
  private final InMemoryBlobStore sound = new InMemoryBlobStore();

  /** Links of the store in memory, with ranges. */
  private class Links implements LinkReader {
    @Override
    public boolean ranges() {
      return true;
    }

    @Override
    public Fetched fetch(URI link, @Nullable String range) throws Exception {
      String path = link.getPath();
      var blob = sound.open(path.substring(path.lastIndexOf('/') + 1));
      if (blob.isEmpty()) {
        return new Fetched(404, new byte[0]);
      }
      byte[] bytes = blob.get().content().readAllBytes();
      return range == null
          ? new Fetched(200, bytes)
          : new Fetched(206, Arrays.copyOfRange(bytes, 1_000, 2_000));
    }
  }

  private Tried tried(BlobStore store, LinkReader links) {
    return Tried.on(
        new BlobStoreProbe(
            Tried.SUBJECT,
            LARGEST,
            IdSource.random(),
            () -> new OpenBlobs(store, () -> {}, links, () -> {})));
  }

  private Tried bent(String method, Bent.Bend bend) {
    return tried(Bent.port(BlobStore.class, sound, method, bend), new Links());
  }

  private static PortFailure refusal() {
    return new PortFailure(
        PortFailure.Kind.INVALID_CONFIGURATION, "x", "It may not do s3:Something.", null);
  }

  private static Object withoutItsEnd(Object found) throws Exception {
    if (((Optional<?>) found).isEmpty()) {
      return found;
    }
    byte[] bytes = ((InputStream) ((Optional<?>) found).orElseThrow()).readAllBytes();
    return Optional.of(new ByteArrayInputStream(bytes, 0, bytes.length - 1));
  }

  private static Object flipped(Object found) throws Exception {
    byte[] bytes = ((InputStream) ((Optional<?>) found).orElseThrow()).readAllBytes();
    bytes[bytes.length / 2] ^= 1;
    return Optional.of(new ByteArrayInputStream(bytes));
  }

  @Test
  void aSoundStorePassesAndKeepsNothing() {
    tried(sound, new Links()).assertSound();
    assertThat(sound.size()).isZero();
  }

  @Test
  void aStoreThatCannotBeWorkedWithIsNoticed() {
    Tried tried =
        Tried.on(
            new BlobStoreProbe(
                Tried.SUBJECT,
                LARGEST,
                IdSource.random(),
                () ->
                    new OpenBlobs(
                        sound,
                        () -> {
                          throw refusal();
                        },
                        new Links(),
                        () -> {})));

    tried.assertFails("open", "s3:Something");
    assertThat(tried.report().count("skipped")).isEqualTo(14);
  }

  @Test
  void aFlippedByteIsNoticedInEverySize() {
    Tried tried =
        bent(
            "open",
            (_, right) -> {
              Object found = right.call();
              return ((Optional<?>) found).isEmpty() ? found : flipped(found);
            });

    tried.assertFails("write and read 1 byte", "not the one that was sent");
  }

  @Test
  void aFileWithoutItsEndIsNoticed() {
    int[] calls = {0};
    Tried tried =
        bent("open", (_, right) -> ++calls[0] == 4 ? withoutItsEnd(right.call()) : right.call());

    tried.assertFails("write and read 5 MB and a byte", "not the one that was sent");
    assertThat(tried.of("write and read 1 MB").status()).isEqualTo("passed");
  }

  @Test
  void aWrongChecksumIsNoticed() {
    Tried tried =
        bent(
            "put",
            (_, right) ->
                right.call() instanceof PutResult.Stored stored
                    ? new PutResult.Stored(stored.size(), "0".repeat(64))
                    : new PutResult.TooLarge(1));

    tried.assertFails("write and read 1 byte", "checksum");
  }

  @Test
  void aLimitThatIsNotKeptIsNoticed() {
    Tried tried =
        bent(
            "put",
            (arguments, right) -> {
              arguments[3] = Long.MAX_VALUE;
              return right.call();
            });

    tried.assertFails("file over the limit", "over the limit was kept");
    assertThat(sound.size()).isZero();
  }

  @Test
  void aPreviewThatServesOtherBytesIsNoticed() {
    Tried tried =
        tried(
            sound,
            new Links() {
              @Override
              public Fetched fetch(URI link, @Nullable String range) throws Exception {
                Fetched right = super.fetch(link, range);
                if (right.content().length > 0) {
                  right.content()[0] ^= 1;
                }
                return right;
              }
            });

    tried.assertFails("preview link", "other bytes");
    tried.assertFails("range of a preview", "something else came");
  }

  @Test
  void aRangeThatIsTheWholeIsNoticed() {
    Tried tried =
        tried(
            sound,
            new Links() {
              @Override
              public Fetched fetch(URI link, @Nullable String range) throws Exception {
                return super.fetch(link, null);
              }
            });

    tried.assertFails("range of a preview", "status 200");
  }

  @Test
  void aStoreWithoutRangesIsSkippedThere() {
    Tried tried =
        tried(
            sound,
            new Links() {
              @Override
              public boolean ranges() {
                return false;
              }
            });

    assertThat(tried.of("range of a preview").status()).isEqualTo("skipped");
    assertThat(tried.report().passed()).isTrue();
  }

  @Test
  void aForgedLinkThatOpensIsNoticed() {
    URI[] right = new URI[1];
    Tried tried =
        tried(
            sound,
            new Links() {
              @Override
              public Fetched fetch(URI link, @Nullable String range) throws Exception {
                right[0] = right[0] == null ? link : right[0];
                return super.fetch(right[0], range);
              }
            });

    tried.assertFails("forged preview link", "forged");
  }

  @Test
  void aMissingFileThatIsThereIsNoticed() {
    Tried tried =
        bent(
            "holds",
            (_, right) -> {
              boolean there = (boolean) right.call();
              return there || Thread.currentThread().isDaemon();
            });

    tried.assertFails("missing file", "nobody has written");
  }

  @Test
  void aListThatLacksFilesIsNoticed() {
    bent("count", (_, right) -> (long) right.call() - 1).assertFails("list", "are listed");
    bent("list", (_, _) -> new Portion<>(List.of(), null)).assertFails("list", "there is none");
  }

  @Test
  void aPermissionThatIsMissingIsNamed() {
    Tried tried =
        bent(
            "removeUnfinished",
            (_, _) -> {
              throw refusal();
            });

    tried.assertFails("unfinished uploads", "s3:Something");
  }

  @Test
  void aDeletionThatIsNotMadeIsNoticed() {
    Tried tried = bent("delete", (_, _) -> null);

    tried.assertFails("delete", "still there");
    assertThat(sound.size()).isZero();
  }

  @Test
  void whatCannotBeRemovedIsNamed() {
    Tried tried =
        bent(
            "deleteAll",
            (_, _) -> {
              throw refusal();
            });

    tried.assertFails("delete all of a document", "s3:Something");
    assertThat(tried.report().leftBehind())
        .singleElement()
        .asString()
        .startsWith("files below documents/")
        .endsWith("in the backend");
  }

  @Test
  void versionsThatStayAreNamed() {
    Tried tried = bent("retained", (_, _) -> Set.of(Retained.VERSIONS));

    tried.assertFails("delete all of a document", "versions");
    assertThat(tried.report().leftBehind()).hasSize(1);
  }
}
