package io.parley.adapter.storage.identity;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Secret;
import io.parley.domain.port.persistence.InstanceSecrets;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * The random name that a place for blobs and its database have in common, so that a server notices
 * when it was given the place of another one. Two that start together agree: the place's first name
 * stays, and so does the database's.
 */
public final class StoreIdentity {
  /** What the name is kept under, in the place and among the secrets of the installation. */
  public static final String NAME = "blob-store-id";

  private static final Pattern WHOLE = Pattern.compile("[0-9a-f-]{36}");

  private final Mark mark;
  private final InstanceSecrets database;
  private final boolean onlyServer;
  private final LongSupplier documents;

  /** The name as it stands in a place. */
  public interface Mark {
    /** What stands there; empty for nothing. */
    String read();

    /** Leaves a name where there is no whole one; what stands there afterwards. */
    String claim(String name);

    /** Leaves a name whatever stands there. */
    void write(String name);

    void remove();

    /** Whether the place holds no blobs. */
    boolean isEmptyPlace();

    /** An empty place, while the database knows documents. */
    PortFailure empty(long documents);

    /** A place that another database, or another server on this database, uses. */
    PortFailure another();
  }

  public StoreIdentity(
      Mark mark, InstanceSecrets database, boolean onlyServer, LongSupplier documents) {
    this.mark = mark;
    this.database = database;
    this.onlyServer = onlyServer;
    this.documents = documents;
  }

  /** Whether it is a name, and not a part of one or nothing. */
  public static boolean isWhole(String name) {
    return WHOLE.matcher(name).matches();
  }

  /**
   * Gives the place the database's name, unless it has one.
   *
   * @throws PortFailure that it is another database's
   */
  public void adopt() {
    String kept =
        database.getOrCreate(NAME, () -> new Secret(UUID.randomUUID().toString())).reveal();
    String known = mark.read();
    String own = isWhole(known) ? known : mark.claim(kept);
    if (!own.equals(kept)) {
      throw mark.another();
    }
  }

  /**
   * Compares, and names what has no name yet.
   *
   * @throws PortFailure one of the two that the mark makes
   */
  public void require() {
    String known = mark.read();
    boolean isNew = !isWhole(known);
    boolean empty = mark.isEmptyPlace();
    if (isNew && empty && documents.getAsLong() > 0) {
      throw mark.empty(documents.getAsLong());
    }
    String own = isNew ? mark.claim(UUID.randomUUID().toString()) : known;
    String kept = database.getOrCreate(NAME, () -> new Secret(own)).reveal();
    if (kept.equals(own)) {
      return;
    }
    if (onlyServer && (isNew || (empty && documents.getAsLong() == 0))) {
      mark.write(kept);
      return;
    }
    if (isNew) {
      mark.remove();
    }
    throw mark.another();
  }
}
