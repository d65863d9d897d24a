package io.parley.adapter.storage.filesystem;

import io.parley.adapter.storage.digest.Sha256;
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
import io.parley.domain.port.storage.SignedBlobs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Blobs as files of one directory, {@code documents/{user_id}/{document_id}/…}, under names that
 * every file system keeps apart. A file is written beside its place, flushed and then renamed, so
 * that a reader sees the old bytes or the new ones. No symbolic link below the root is followed.
 *
 * <p>Preview links are relative, {@code /previews/{token}}; {@link #open(String)} is their other
 * end. An {@link IOException} of the content given to {@code put} comes back as {@link
 * UncheckedIOException}: it is the sender's, not the disk's.
 */
public final class FilesystemBlobStore implements BlobStore, BlobStoreSetup, SignedBlobs {
  private static final int BUFFER = 64 * 1024;
  private static final Duration LONGEST_PREVIEW = Duration.ofDays(7);

  private final Path root;
  private final BlobDirectory directory;
  private final RootIdentity identity;
  private final IncomingFiles incoming;
  private final StoredFiles files;
  private final DiskFailures failures;
  private final PreviewTokens tokens;
  private final InstantSource clock;

  private FilesystemBlobStore(Path root, FilesystemBlobConfig config) {
    this.root = root;
    this.directory = new BlobDirectory(root);
    this.identity = new RootIdentity(root, directory);
    this.incoming = new IncomingFiles(directory);
    this.files = new StoredFiles(root);
    this.failures = new DiskFailures(root);
    this.tokens = new PreviewTokens(config.signingKey());
    this.clock = config.clock();
  }

  /**
   * Makes the directory when it is missing, and removes the unfinished files of a crash.
   *
   * @throws io.parley.domain.port.PortFailure {@code INVALID_CONFIGURATION} when the directory
   *     cannot be used
   */
  public static FilesystemBlobStore open(FilesystemBlobConfig config) {
    Path root = config.root().toAbsolutePath().normalize();
    DiskFailures failures = new DiskFailures(root);
    try {
      if (!Files.isDirectory(root)) {
        Files.createDirectories(root, new BlobDirectory(root).attributes("rwx------"));
      }
      FilesystemBlobStore store = new FilesystemBlobStore(root.toRealPath(), config);
      store.incoming.cleanUp();
      return store;
    } catch (IOException e) {
      throw failures.opening(e);
    }
  }

  @Override
  public void requireSameAs(InstanceSecrets secrets, boolean onlyServer, LongSupplier documents) {
    try {
      identity.require(secrets, onlyServer, documents);
    } catch (IOException e) {
      throw failures.opening(e);
    }
  }

  @Override
  public void adopt(InstanceSecrets database) {
    try {
      identity.adopt(database);
    } catch (IOException e) {
      throw failures.opening(e);
    }
  }

  @Override
  public void requireUsable() {
    if (!Files.isWritable(root)) {
      throw failures.unusable();
    }
  }

  @Override
  public PutResult put(BotScope scope, BlobKey key, InputStream content, long maxBytes) {
    check(scope, key, Permission.WRITE);
    return write(key, content, maxBytes);
  }

  @Override
  public PutResult write(BlobKey key, InputStream content, long maxBytes) {
    Path relative = BlobDirectory.relative(key);
    try (IncomingFiles.Incoming file = incoming.create()) {
      PutResult result = copy(content, file.channel(), maxBytes);
      if (result instanceof PutResult.Stored) {
        file.moveTo(relative);
      }
      return result;
    } catch (IOException e) {
      throw failures.writing(e);
    }
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
    return find(key).map(Channels::newInputStream);
  }

  @Override
  public void delete(BotScope scope, BlobKey key) {
    check(scope, key, Permission.WRITE);
    discard(key);
  }

  @Override
  public void discard(BlobKey key) {
    try {
      directory.remove(BlobDirectory.relative(key));
    } catch (IOException e) {
      throw failures.writing(e);
    }
  }

  @Override
  public Portion<StoredBlob> list(@Nullable String from, int limit) {
    try {
      return files.after(from, limit);
    } catch (IOException e) {
      throw failures.reading(e);
    }
  }

  @Override
  public String placeOf(BlobKey key) {
    return StoredFiles.place(BlobDirectory.relative(key));
  }

  @Override
  public boolean holds(BlobKey key) {
    try {
      return directory.holds(BlobDirectory.relative(key));
    } catch (IOException e) {
      throw failures.reading(e);
    }
  }

  @Override
  public boolean remove(StoredBlob blob) {
    if (blob.ref() == null) {
      throw new IllegalArgumentException("None of Parley's: " + blob.place());
    }
    try {
      if (!blob.equals(files.at(blob.place()))) {
        return false;
      }
      directory.remove(StoredFiles.relative(blob));
      return true;
    } catch (IOException e) {
      throw failures.writing(e);
    }
  }

  @Override
  public int removeUnfinished() {
    try {
      return incoming.cleanUp();
    } catch (IOException e) {
      throw failures.writing(e);
    }
  }

  @Override
  public long count(BotScope scope, SourceId source) {
    scope.require(Permission.WRITE);
    return count(BlobDirectory.folderOf(scope.owner(), source));
  }

  @Override
  public long deleteAll(BotScope scope, SourceId source) {
    scope.require(Permission.WRITE);
    return deleteAll(BlobDirectory.folderOf(scope.owner(), source));
  }

  @Override
  public long count(UserScope owner) {
    return count(BlobDirectory.folderOf(owner.user()));
  }

  @Override
  public long deleteAll(UserScope owner) {
    return deleteAll(BlobDirectory.folderOf(owner.user()));
  }

  private long count(Path folder) {
    try {
      return directory.filesBelow(folder).size();
    } catch (IOException e) {
      throw failures.reading(e);
    }
  }

  private long deleteAll(Path folder) {
    try {
      List<Path> files = directory.filesBelow(folder);
      for (Path file : files) {
        directory.remove(file);
      }
      return files.size();
    } catch (IOException e) {
      throw failures.writing(e);
    }
  }

  /** A file system writes over freed blocks when it likes, and keeps no copies that we know of. */
  @Override
  public Set<Retained> retained() {
    return Set.of(Retained.OWN_BACKUPS);
  }

  @Override
  public PreviewLink preview(BotScope scope, BlobKey key, PreviewAs as, Duration validFor) {
    check(scope, key, Permission.READ);
    if (!validFor.isPositive() || validFor.compareTo(LONGEST_PREVIEW) > 0) {
      throw new IllegalArgumentException("A preview link is valid for at most 7 days.");
    }
    Instant end = clock.instant().plus(validFor);
    Instant second = end.truncatedTo(ChronoUnit.SECONDS);
    Instant expiresAt = second.equals(end) ? end : second.plusSeconds(1);
    String token = tokens.sign(new PreviewTokens.Claims(key, as, expiresAt));
    return new PreviewLink(URI.create("/previews/" + token), expiresAt);
  }

  @Override
  public Optional<SignedBlob> open(String token) {
    Optional<PreviewTokens.Claims> claims = tokens.verify(token, clock.instant());
    if (claims.isEmpty()) {
      return Optional.empty();
    }
    Optional<FileChannel> found = find(claims.get().key());
    return found.map(file -> signed(file, claims.get()));
  }

  private SignedBlob signed(FileChannel file, PreviewTokens.Claims claims) {
    try {
      Instant storedAt = directory.changedAt(BlobDirectory.relative(claims.key()));
      return new SignedBlob(
          claims.key(), Channels.newInputStream(file), file.size(), storedAt, claims.as());
    } catch (IOException e) {
      close(file);
      throw failures.reading(e);
    }
  }

  private void close(FileChannel file) {
    try {
      file.close();
    } catch (IOException e) {
      throw failures.reading(e);
    }
  }

  private Optional<FileChannel> find(BlobKey key) {
    Path relative = BlobDirectory.relative(key);
    try {
      return directory.holds(relative) ? Optional.of(directory.read(relative)) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failures.reading(e);
    }
  }

  private static void check(BotScope scope, BlobKey key, Permission permission) {
    key.requireWithin(scope);
    scope.require(permission);
  }

  private static PutResult copy(InputStream content, FileChannel file, long maxBytes)
      throws IOException {
    MessageDigest digest = Sha256.create();
    byte[] buffer = new byte[BUFFER];
    long size = 0;
    for (int read = next(content, buffer); read >= 0; read = next(content, buffer)) {
      size += read;
      if (size > maxBytes) {
        return new PutResult.TooLarge(maxBytes);
      }
      digest.update(buffer, 0, read);
      for (ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read); bytes.hasRemaining(); ) {
        file.write(bytes);
      }
    }
    return new PutResult.Stored(size, HexFormat.of().formatHex(digest.digest()));
  }

  private static int next(InputStream content, byte[] buffer) {
    try {
      return content.read(buffer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
