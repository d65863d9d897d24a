package io.parley.adapter.vectorstore.pinecone;

import io.parley.domain.port.Secret;
import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.testkit.vectorstore.VectorStoreContract;
import io.parley.testkit.vectorstore.pinecone.PineconeServer;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Against a server of Pinecone's protocols in the process, whose reads are late. */
final class PineconeVectorStoreContractTest extends VectorStoreContract {
  private static PineconeServer server;

  @BeforeAll
  static void start() {
    server = PineconeServer.start("key").withDelay(Duration.ofMillis(30));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected VectorStore openEmpty(int dimension) {
    String index = "contract-" + UUID.randomUUID().toString().substring(0, 8);
    return PineconeVectorStore.open(
        PineconeVectorStoreConfig.of(
            new Secret("key"), index, dimension, "aws", "us-east-1", server.url()));
  }
}
