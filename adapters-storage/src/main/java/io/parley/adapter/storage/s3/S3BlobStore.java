package io.parley.adapter.storage.s3;

import io.parley.adapter.storage.identity.StoreIdentity;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.access.UserScope;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.SourceId;
import io.parley.domain.erasure.Retained;
import io.parley.domain.port.Portion;
import io.parley.domain.port.persistence.InstanceSecrets;
import io.parley.domain.port.storage.BlobStore;
import io.parley.domain.port.storage.BlobStoreSetup;
import io.parley.domain.port.storage.PreviewAs;
import io.parley.domain.port.storage.PreviewLink;
import io.parley.domain.port.storage.PutResult;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Blobs as objects of one bucket, {@code documents/{user_id}/{document_id}/…}. An upload holds at
 * most one part of 5 MiB in memory. Preview links are S3's own.
 *
 * <p>An {@link java.io.IOException} of the content given to {@code put} comes back as {@link
 * java.io.UncheckedIOException}: it is the sender's, not the store's. Streams that are read throw
 * {@link io.parley.domain.port.PortFailure} when they break.
 */
public final class S3BlobStore implements BlobStore, BlobStoreSetup, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(S3BlobStore.class);

  private final S3BlobConfig config;
  private final S3Client client;
  private final S3Presigner presigner;
  private final Bucket bucket;
  private final StoredObjects objects;
  private final Versions versions;
  private final Removal removal;

  private S3BlobStore(S3BlobConfig config) {
    this.config = config;
    this.client = S3Connection.client(config);
    this.presigner = S3Connection.presigner(config, client);
    this.bucket = new Bucket(config.bucket(), client, new S3Failures(config));
    this.objects = new StoredObjects(bucket);
    this.versions = new Versions(bucket, config.clock());
    this.removal = new Removal(bucket, objects, versions);
  }

  /**
   * Looks into the bucket, which must be there.
   *
   * @throws io.parley.domain.port.PortFailure with a sentence that says what to do
   */
  public static S3BlobStore open(S3BlobConfig config) {
    S3BlobStore store = new S3BlobStore(config);
    try {
      store.requireUsable();
      LOG.info("Files are kept in the bucket {}, region {}.", config.bucket(), config.region());
      return store;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  @Override
  public void requireUsable() {
    objects.look();
  }

  @Override
  public void requireSameAs(InstanceSecrets database, boolean onlyServer, LongSupplier documents) {
    new StoreIdentity(mark(), database, onlyServer, documents).require();
  }

  @Override
  public void adopt(InstanceSecrets database) {
    new StoreIdentity(mark(), database, true, () -> 0).adopt();
  }

  private BucketMark mark() {
    return new BucketMark(bucket, objects, AtRest.of(config));
  }

  @Override
  public PutResult put(BotScope scope, BlobKey key, InputStream content, long maxBytes) {
    check(scope, key, Permission.WRITE);
    return write(key, content, maxBytes);
  }

  @Override
  public PutResult write(BlobKey key, InputStream content, long maxBytes) {
    return new Uploads(bucket, AtRest.of(config)).put(ObjectKeys.of(key), content, maxBytes);
  }

  @Override
  public Optional<InputStream> open(BotScope scope, BlobKey key) {
    key.requireWithin(scope);
    if (!scope.allows(Permission.WRITE)) {
      scope.require(Permission.READ);
    }
    return read(key);
  }

  @Override
  public Optional<InputStream> read(BlobKey key) {
    String name = ObjectKeys.of(key);
    return bucket
        .find(S3Action.READ, () -> client.getObject(get -> get.bucket(bucket.name()).key(name)))
        .map(found -> new ObjectContent(found, bucket.failures(), config.deadlines().transfer()));
  }

  @Override
  public void delete(BotScope scope, BlobKey key) {
    check(scope, key, Permission.WRITE);
    discard(key);
  }

  @Override
  public void discard(BlobKey key) {
    removal.remove(ObjectKeys.of(key));
  }

  @Override
  public Portion<StoredBlob> list(@Nullable String from, int limit) {
    List<StoredBlob> found = new ArrayList<>();
    String last = from;
    boolean more = true;
    while (more && found.size() < limit) {
      ListObjectsV2Response some = objects.after(ObjectKeys.DOCUMENTS, last, limit - found.size());
      some.contents().forEach(object -> found.add(stored(object)));
      more = Boolean.TRUE.equals(some.isTruncated()) && !some.contents().isEmpty();
      last = found.isEmpty() ? last : found.getLast().place();
    }
    return new Portion<>(found, more ? last : null);
  }

  private static StoredBlob stored(S3Object object) {
    return new StoredBlob(object.key(), ObjectKeys.ref(object.key()), object.lastModified());
  }

  @Override
  public String placeOf(BlobKey key) {
    return ObjectKeys.of(key);
  }

  @Override
  public boolean holds(BlobKey key) {
    String name = ObjectKeys.of(key);
    return bucket
        .find(S3Action.READ, () -> client.headObject(head -> head.bucket(bucket.name()).key(name)))
        .isPresent();
  }

  @Override
  public boolean remove(StoredBlob blob) {
    if (blob.ref() == null) {
      throw new IllegalArgumentException("None of Parley's: " + blob.place());
    }
    S3Object there = objects.at(blob.place());
    if (there == null || !stored(there).equals(blob)) {
      return false;
    }
    removal.remove(blob.place());
    return true;
  }

  @Override
  public int removeUnfinished() {
    return new UnfinishedUploads(bucket, config.clock()).remove();
  }

  @Override
  public long count(BotScope scope, SourceId source) {
    scope.require(Permission.WRITE);
    return removal.count(ObjectKeys.below(scope.owner(), source));
  }

  @Override
  public long deleteAll(BotScope scope, SourceId source) {
    scope.require(Permission.WRITE);
    return removal.removeAll(ObjectKeys.below(scope.owner(), source));
  }

  @Override
  public long count(UserScope owner) {
    return removal.count(ObjectKeys.below(owner.user()));
  }

  @Override
  public long deleteAll(UserScope owner) {
    return removal.removeAll(ObjectKeys.below(owner.user()));
  }

  /** Copies that the bucket's owner has made are theirs; versions only where they stay. */
  @Override
  public Set<Retained> retained() {
    Set<Retained> kept = EnumSet.of(Retained.OWN_BACKUPS);
    if (versions.mayStay()) {
      kept.add(Retained.VERSIONS);
    }
    return Set.copyOf(kept);
  }

  /**
   * A link of S3's own. A key for a limited time makes links that end with it, if that is earlier.
   */
  @Override
  public PreviewLink preview(BotScope scope, BlobKey key, PreviewAs as, Duration validFor) {
    check(scope, key, Permission.READ);
    return new Previews(bucket.name(), presigner, bucket.failures())
        .link(ObjectKeys.of(key), as, validFor);
  }

  private static void check(BotScope scope, BlobKey key, Permission permission) {
    key.requireWithin(scope);
    scope.require(permission);
  }

  @Override
  public void close() {
    presigner.close();
    client.close();
  }
}
