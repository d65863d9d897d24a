package io.parley.adapter.vectorstore.qdrant;

import io.parley.adapter.vectorstore.remote.Patience;
import io.parley.domain.port.Secret;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where the vectors of one generation are kept in Qdrant.
 *
 * @param url {@code http} or {@code https}; of port 6333, which speaks REST, the gRPC port beside
 *     it, 6334, is used, and so without a port; any other port is taken for gRPC's
 * @param apiKey absent for a server that asks for none
 * @param collection of this generation alone; made when it is missing
 * @param dimension numbers in a vector, 1–4,096
 */
public record QdrantVectorStoreConfig(
    URI url,
    @Nullable Secret apiKey,
    String collection,
    int dimension,
    Patience changing,
    Patience searching) {

  private static final int REST = 6333;
  private static final int GRPC = 6334;

  public QdrantVectorStoreConfig {
    if (url.getHost() == null
        || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
      throw new IllegalArgumentException("QDRANT_URL: give a URL such as http://localhost:6333.");
    }
    if (dimension < 1 || dimension > 4096) {
      throw new IllegalArgumentException("A vector has 1 to 4,096 dimensions: " + dimension);
    }
    if (!collection.matches("[A-Za-z0-9_-]{1,200}")) {
      throw new IllegalArgumentException("Not the name of a collection: " + collection);
    }
  }

  /** With the waits that fit a server. */
  public static QdrantVectorStoreConfig of(
      URI url, @Nullable Secret apiKey, String collection, int dimension) {
    return new QdrantVectorStoreConfig(
        url, apiKey, collection, dimension, Patience.CHANGING, Patience.SEARCHING);
  }

  boolean isEncrypted() {
    return "https".equals(url.getScheme());
  }

  int port() {
    return url.getPort() == -1 || url.getPort() == REST ? GRPC : url.getPort();
  }
}
