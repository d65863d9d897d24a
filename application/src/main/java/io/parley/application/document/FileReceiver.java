package io.parley.application.document;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.ContentType;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.ai.ContentTypeDetector;
import io.parley.domain.port.persistence.DocumentRepository.NewVersion;
import io.parley.domain.port.storage.BlobStore;
import io.parley.domain.port.storage.PutResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the first bytes of a file and streams it to the blob store. */
final class FileReceiver {
  private static final Logger LOG = LoggerFactory.getLogger(FileReceiver.class);

  private final BlobStore blobs;
  private final ContentTypeDetector detector;
  private final InstantSource clock;
  private final WaitingRoom room;
  private final long maxBytes;

  /** What was received. */
  sealed interface Received {
    /** In the blob store, and nowhere else yet. */
    record Stored(
        VersionRef ref, BlobKey key, ContentType type, long size, String sha256, Instant at)
        implements Received {
      NewVersion with(Metadata metadata) {
        return new NewVersion(key.name(), type, size, sha256, metadata, at);
      }
    }

    record Refused(UploadResult.Refused why) implements Received {}
  }

  FileReceiver(
      BlobStore blobs,
      ContentTypeDetector detector,
      InstantSource clock,
      WaitingRoom room,
      long maxBytes) {
    this.blobs = blobs;
    this.detector = detector;
    this.clock = clock;
    this.room = room;
    this.maxBytes = maxBytes;
  }

  Optional<UploadResult.Refused> refusal(BotScope scope, int received) {
    return room.refusal(scope, received);
  }

  Received receive(BotScope scope, VersionRef ref, DocumentName name, InputStream content) {
    byte[] head = head(content);
    if (head.length == 0) {
      return new Received.Refused(new UploadResult.Empty());
    }
    Optional<ContentType> type = detector.detect(head, name.value());
    if (type.isEmpty()) {
      return new Received.Refused(new UploadResult.Unsupported());
    }
    BlobKey key = BlobKey.of(scope, ref, name);
    InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), content);
    return switch (blobs.put(scope, key, whole, maxBytes)) {
      case PutResult.TooLarge large ->
          new Received.Refused(new UploadResult.TooLarge(large.maxBytes()));
      case PutResult.Stored stored ->
          new Received.Stored(
              ref, key, type.get(), stored.size(), stored.sha256(), clock.instant());
    };
  }

  /** Removes what was not added after all. What cannot be removed now is an orphan: no harm. */
  void discard(BotScope scope, Received.Stored stored) {
    try {
      blobs.delete(scope, stored.key());
    } catch (PortFailure e) {
      LOG.warn("{} is left over in the blob store: {}", stored.ref(), e.sentence());
    }
  }

  private static byte[] head(InputStream content) {
    try {
      return content.readNBytes(ContentTypeDetector.HEAD);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
