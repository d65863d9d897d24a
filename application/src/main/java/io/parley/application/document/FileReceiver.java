package io.parley.application.document;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.ContentType;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.ai.ContentTypeDetector;
import io.parley.domain.port.persistence.DocumentRepository.NewVersion;
import io.parley.domain.port.storage.BlobStore;
import io.parley.domain.port.storage.PutResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Optional;

/** Looks at the first bytes of a file and streams it to the blob store. */
final class FileReceiver {
  private final BlobStore blobs;
  private final ContentTypeDetector detector;
  private final InstantSource clock;
  private final long maxBytes;

  /** What was received. */
  sealed interface Received {
    record Stored(BlobKey key, NewVersion version) implements Received {}

    record Refused(UploadResult why) implements Received {}
  }

  FileReceiver(BlobStore blobs, ContentTypeDetector detector, InstantSource clock, long maxBytes) {
    this.blobs = blobs;
    this.detector = detector;
    this.clock = clock;
    this.maxBytes = maxBytes;
  }

  Received receive(BotScope scope, VersionRef ref, IncomingFile file) {
    byte[] head = head(file.content());
    if (head.length == 0) {
      return new Received.Refused(new UploadResult.Empty());
    }
    Optional<ContentType> type = detector.detect(head, file.name().value());
    if (type.isEmpty()) {
      return new Received.Refused(new UploadResult.Unsupported());
    }
    BlobKey key = BlobKey.of(scope, ref, file.name());
    InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), file.content());
    return switch (blobs.put(scope, key, whole, maxBytes)) {
      case PutResult.TooLarge large ->
          new Received.Refused(new UploadResult.TooLarge(large.maxBytes()));
      case PutResult.Stored stored ->
          new Received.Stored(
              key,
              new NewVersion(
                  file.name(),
                  type.get(),
                  stored.size(),
                  stored.sha256(),
                  file.metadata(),
                  clock.instant()));
    };
  }

  private static byte[] head(InputStream content) {
    try {
      return content.readNBytes(ContentTypeDetector.HEAD);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
