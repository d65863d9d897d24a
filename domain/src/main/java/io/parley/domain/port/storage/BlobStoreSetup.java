package io.parley.domain.port.storage;

import io.parley.domain.port.persistence.InstanceSecrets;
import java.util.function.LongSupplier;

/** What a server asks of its blob store before it works with it, and while it does. */
public interface BlobStoreSetup {

  /**
   * Makes sure that this place is the one that the database is used with. At the first start both
   * learn one random name.
   *
   * @param onlyServer whether no other server can use the database; then a place without a name may
   *     take the database's
   * @param documents how many documents the database knows; asked only when it matters
   * @throws io.parley.domain.port.PortFailure {@code INVALID_CONFIGURATION} when the place belongs
   *     to another database, is another server's, or is empty while there are documents
   */
  void requireSameAs(InstanceSecrets database, boolean onlyServer, LongSupplier documents);

  /**
   * Gives this place the name that the database is used with, so that blobs can come over to it.
   * One that has it already stays as it is.
   *
   * @throws io.parley.domain.port.PortFailure {@code INVALID_CONFIGURATION} when the place has
   *     another name, and is another database's
   */
  void adopt(InstanceSecrets database);

  /**
   * Looks whether the place can be worked with; changes nothing.
   *
   * @throws io.parley.domain.port.PortFailure when it cannot
   */
  void requireUsable();
}
