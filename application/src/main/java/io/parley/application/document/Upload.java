package io.parley.application.document;

import io.parley.application.document.FileReceiver.Received;
import io.parley.domain.access.BotScope;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Files that become documents together or not at all: their bytes are received one after another,
 * and then all are added in one transaction. For one thread; closing removes the bytes of what was
 * not added. When the process dies before {@link #add}, nothing of them can be seen.
 */
public final class Upload implements AutoCloseable {
  private final UploadDocument documents;
  private final FileReceiver receiver;
  private final BotScope scope;
  private final List<Received.Stored> received = new ArrayList<>();
  private boolean undecided;

  Upload(UploadDocument documents, FileReceiver receiver, BotScope scope) {
    this.documents = documents;
    this.receiver = receiver;
    this.scope = scope;
  }

  /** Receives the bytes of one more file. Why it is refused; empty when it is not. */
  public Optional<UploadResult.Refused> receive(DocumentName name, InputStream content) {
    Optional<UploadResult.Refused> full = receiver.refusal(scope, received.size());
    if (full.isPresent()) {
      return full;
    }
    VersionRef ref = new VersionRef(new SourceId(documents.newId()), 1);
    return switch (receiver.receive(scope, ref, name, content)) {
      case Received.Refused refused -> Optional.of(refused.why());
      case Received.Stored stored -> {
        received.add(stored);
        yield Optional.empty();
      }
    };
  }

  /**
   * Adds all that was received, in its order. When it returns them, they will not be lost. Empty
   * when the bot is gone.
   */
  public Optional<List<UploadResult.Taken>> add(Metadata metadata) {
    undecided = true;
    Optional<List<UploadResult.Taken>> taken = documents.add(scope, received, metadata);
    undecided = false;
    taken.ifPresent(all -> received.removeIf(stored -> isAdded(stored, all)));
    return taken;
  }

  private static boolean isAdded(Received.Stored stored, List<UploadResult.Taken> all) {
    return all.stream()
        .anyMatch(taken ->
            taken instanceof UploadResult.Accepted accepted
                && accepted.document().id().equals(stored.ref().source()));
  }

  /** While nobody knows whether the database has committed, the bytes must stay. */
  @Override
  public void close() {
    if (!undecided) {
      received.forEach(stored -> receiver.discard(scope, stored));
    }
    received.clear();
  }
}
