package io.parley.adapter.vectorstore.qdrant;

import io.parley.domain.port.Secret;
import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.testkit.vectorstore.VectorStoreContract;
import io.qdrant.client.grpc.Collections.DeleteCollection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Against the Qdrant that the environment names; what it makes there, it removes. */
@EnabledIfEnvironmentVariable(named = "QDRANT_URL", matches = ".+")
final class QdrantLiveContractTest extends VectorStoreContract {
  private final List<QdrantVectorStoreConfig> opened = new ArrayList<>();

  @Override
  protected VectorStore openEmpty(int dimension) {
    QdrantVectorStoreConfig config =
        QdrantVectorStoreConfig.of(
            URI.create(System.getenv("QDRANT_URL")),
            Optional.ofNullable(System.getenv("QDRANT_API_KEY")).map(Secret::new).orElse(null),
            "parley-contract-" + UUID.randomUUID(),
            dimension);
    opened.add(config);
    return QdrantVectorStore.open(config);
  }

  @AfterEach
  void leaveNothing() {
    for (QdrantVectorStoreConfig config : opened) {
      DeleteCollection delete =
          DeleteCollection.newBuilder().setCollectionName(config.collection()).build();
      try (QdrantCalls calls = QdrantCalls.open(config)) {
        calls.change(client -> client.collections().delete(delete));
      }
    }
  }
}
