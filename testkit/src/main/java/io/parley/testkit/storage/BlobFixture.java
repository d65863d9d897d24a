package io.parley.testkit.storage;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.ContentType;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.storage.BlobStore;
import io.parley.domain.port.storage.PreviewAs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** What the contracts of this package put, and how they look at it. */
final class BlobFixture {
  static final long PLENTY = 1L << 40;
  static final PreviewAs AS_PDF =
      new PreviewAs(new DocumentName("Bericht \uD83D\uDC1D.pdf"), ContentType.PDF);

  private BlobFixture() {}

  static BlobKey newKey(BotScope scope, String name) {
    return BlobKey.of(
        scope, new VersionRef(new SourceId(UUID.randomUUID()), 1), new DocumentName(name));
  }

  static InputStream text(String value) {
    return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Fails when there is nothing under the key. */
  static String textOf(BlobStore store, BotScope scope, BlobKey key) {
    return textOf(store.open(scope, key).orElseThrow());
  }

  static String textOf(InputStream content) {
    try (content) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The SHA-256 of a stream, read to its end and closed. */
  static String sha256(InputStream content) {
    try (content) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[8192];
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
