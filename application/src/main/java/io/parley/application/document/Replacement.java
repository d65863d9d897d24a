package io.parley.application.document;

import io.parley.application.document.FileReceiver.Received;
import io.parley.domain.access.BotScope;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file that becomes the next version of a document: its bytes are received first, and then it is
 * added. For one thread; closing removes the bytes of what was not added.
 */
public final class Replacement implements AutoCloseable {
  private final UploadDocument documents;
  private final FileReceiver receiver;
  private final BotScope scope;
  private final SourceId id;
  private Received.@Nullable Stored received;

  Replacement(UploadDocument documents, FileReceiver receiver, BotScope scope, SourceId id) {
    this.documents = documents;
    this.receiver = receiver;
    this.scope = scope;
    this.id = id;
  }

  /** Receives the bytes, once. Why they are refused; empty when they are not. */
  public Optional<UploadResult.Refused> receive(DocumentName name, InputStream content) {
    if (received != null) {
      throw new IllegalStateException("A version has one file.");
    }
    Optional<UploadResult.Refused> full = receiver.refusal(scope, 0);
    if (full.isPresent()) {
      return full;
    }
    Optional<Integer> number = documents.reserveVersion(scope, id);
    if (number.isEmpty()) {
      return Optional.of(new UploadResult.Gone());
    }
    return switch (receiver.receive(scope, new VersionRef(id, number.get()), name, content)) {
      case Received.Refused refused -> Optional.of(refused.why());
      case Received.Stored stored -> {
        received = stored;
        yield Optional.empty();
      }
    };
  }

  /** Adds what was received. When it says {@code Accepted}, it will not be lost. */
  public UploadResult add(Metadata metadata) {
    Received.Stored stored = received;
    if (stored == null) {
      throw new IllegalStateException("No file was received.");
    }
    received = null; // while nobody knows whether the database has committed, the bytes must stay
    UploadResult result = documents.addVersion(scope, stored, metadata);
    if (!(result instanceof UploadResult.Accepted)) {
      received = stored;
    }
    return result;
  }

  @Override
  public void close() {
    if (received != null) {
      receiver.discard(scope, received);
      received = null;
    }
  }
}
