package io.parley.adapter.vectorstore.pinecone;

import io.parley.adapter.vectorstore.remote.Patience;
import io.parley.domain.port.Secret;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the vectors of one generation are kept in Pinecone.
 *
 * @param index of this generation alone; made when it is missing
 * @param dimension numbers in a vector, 1–4,096
 * @param cloud where a missing one is made: {@code aws}, {@code gcp}, {@code azure}
 * @param region of that cloud
 * @param controlPlane absent for Pinecone's own; with {@code http} nothing is encrypted
 * @param freshness longest wait until reads see what was written
 * @param ready longest wait until a new index can be used
 */
public record PineconeVectorStoreConfig(
    Secret apiKey,
    String index,
    int dimension,
    String cloud,
    String region,
    @Nullable URI controlPlane,
    Patience changing,
    Patience searching,
    Duration freshness,
    Duration ready) {

  public PineconeVectorStoreConfig {
    if (dimension < 1 || dimension > 4096) {
      throw new IllegalArgumentException("A vector has 1 to 4,096 dimensions: " + dimension);
    }
    if (!index.matches("[a-z0-9]([a-z0-9-]{0,43}[a-z0-9])?")) {
      throw new IllegalArgumentException("Not the name of an index: " + index);
    }
  }

  /** With the waits that fit a server. */
  public static PineconeVectorStoreConfig of(
      Secret apiKey,
      String index,
      int dimension,
      String cloud,
      String region,
      @Nullable URI controlPlane) {
    return new PineconeVectorStoreConfig(
        apiKey,
        index,
        dimension,
        cloud,
        region,
        controlPlane,
        Patience.CHANGING,
        Patience.SEARCHING,
        Duration.ofMinutes(1),
        Duration.ofMinutes(3));
  }

  boolean isEncrypted() {
    return controlPlane == null || !"http".equals(controlPlane.getScheme());
  }
}
