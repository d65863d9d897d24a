package io.parley.adapter.vectorstore.qdrant;

import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.testkit.vectorstore.VectorStoreContract;
import io.parley.testkit.vectorstore.qdrant.QdrantServer;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Against a server of Qdrant's protocol in the process. */
final class QdrantVectorStoreContractTest extends VectorStoreContract {
  private static QdrantServer server;

  @BeforeAll
  static void start() {
    server = QdrantServer.startStrict();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected VectorStore openEmpty(int dimension) {
    return QdrantVectorStore.open(
        QdrantVectorStoreConfig.of(server.url(), null, "contract-" + UUID.randomUUID(), dimension));
  }
}
