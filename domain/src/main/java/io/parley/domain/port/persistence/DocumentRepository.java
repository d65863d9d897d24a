package io.parley.domain.port.persistence;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.ContentType;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.Listing;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Documents as their owners see them. Tombstoned ones are not there. */
public interface DocumentRepository {

  /**
   * A version that was stored.
   *
   * @param size bytes
   * @param sha256 lower-case hexadecimal
   */
  record NewVersion(
      DocumentName name,
      ContentType contentType,
      long size,
      String sha256,
      Metadata metadata,
      Instant uploadedAt) {}

  /** What became of adding a document. */
  sealed interface Adding {
    record Added(Document document) implements Adding {}

    /** A document of the bot whose newest version has the same bytes. Nothing was added. */
    record AlreadyThere(Document document) implements Adding {}

    /** The scope's bot is gone, or was erased just now. Nothing was added. */
    record BotGone() implements Adding {}
  }

  /**
   * Adds a document with its first version, {@code PENDING} at {@code STORED}. Adding and
   * tombstoning the bot wait for one another. Needs {@code WRITE}.
   */
  Adding add(BotScope scope, SourceId id, NewVersion version);

  /**
   * Reserves the number of the next version; numbers are never reused. Empty when there is no such
   * document. Needs {@code WRITE}.
   */
  Optional<Integer> reserveVersion(BotScope scope, SourceId id);

  /**
   * Adds the version whose number was reserved. Empty when the document is gone. A newer version
   * that is there already stays the newest. Needs {@code WRITE}.
   */
  Optional<Document> addVersion(BotScope scope, SourceId id, int version, NewVersion content);

  /** Needs {@code READ}. */
  Optional<Document> find(BotScope scope, SourceId id);

  /** Newest first. Needs {@code READ}. */
  Listing<Document> list(BotScope scope, ListRequest request);

  /** Where the newest version's bytes lie. Needs {@code READ}. */
  Optional<BlobKey> blobKey(BotScope scope, SourceId id);

  /** Where one version's bytes lie, and what they are, whether it is the newest or not. */
  record OriginalFile(BlobKey key, ContentType contentType) {}

  /** The files of versions; without those that are not there. Needs {@code READ}. */
  Map<VersionRef, OriginalFile> originals(BotScope scope, Collection<VersionRef> refs);

  /**
   * Whether a source is there and neither it nor its bot is tombstoned. Takes no scope: who opens a
   * signed link has no other credential, and learns nothing but whether it still works.
   */
  boolean isShown(SourceId id);

  /**
   * How many documents there are, of all tenants, tombstoned ones too while they have rows. Takes
   * no scope: a server asks at its start whether files must be there.
   */
  long countOfAllTenants();

  /**
   * The chunks of the serving version in their order; of the newest while none serves. Empty when
   * there is no such document. Needs {@code READ}.
   */
  Optional<Listing<Chunk>> chunks(BotScope scope, SourceId id, ListRequest request);

  /**
   * Sets a failed newest version back to {@code PENDING}, keeping its products. False when it has
   * not failed. Needs {@code WRITE}.
   */
  boolean reopen(BotScope scope, SourceId id);

  /** Makes a document invisible at once. False when there is none. Needs {@code WRITE}. */
  boolean tombstone(BotScope scope, SourceId id, Instant now);
}
