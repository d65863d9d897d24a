package io.parley.application.document;

import io.parley.domain.erasure.ErasureReceipt.Place;
import io.parley.domain.erasure.ErasureReceipt.Store;
import io.parley.domain.port.persistence.IndexFeed;
import io.parley.domain.port.vectorstore.IndexFollower;
import io.parley.domain.retrieval.GenerationId;
import org.jspecify.annotations.Nullable;

/**
 * An index of this process, which an erasure can read back.
 *
 * @param generation absent for words, which have none
 */
public record OwnIndex(
    IndexFeed.Follower follower,
    Store store,
    @Nullable GenerationId generation,
    IndexFollower<?> index) {

  Place place() {
    return new Place(store, follower.id(), generation);
  }
}
