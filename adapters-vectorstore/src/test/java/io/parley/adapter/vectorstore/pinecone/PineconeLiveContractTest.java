package io.parley.adapter.vectorstore.pinecone;

import io.parley.domain.port.Secret;
import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.testkit.vectorstore.VectorStoreContract;
import io.pinecone.clients.Pinecone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Against the Pinecone that the environment has a key for; what it makes there, it removes. */
@EnabledIfEnvironmentVariable(named = "PINECONE_API_KEY", matches = ".+")
final class PineconeLiveContractTest extends VectorStoreContract {
  private static final String KEY =
      Optional.ofNullable(System.getenv("PINECONE_API_KEY")).orElse("none");

  private final List<String> made = new ArrayList<>();

  @Override
  protected VectorStore openEmpty(int dimension) {
    String index = "parley-test-" + UUID.randomUUID().toString().substring(0, 8);
    made.add(index);
    return PineconeVectorStore.open(
        PineconeVectorStoreConfig.of(
            new Secret(KEY),
            index,
            dimension,
            Optional.ofNullable(System.getenv("PINECONE_CLOUD")).orElse("aws"),
            Optional.ofNullable(System.getenv("PINECONE_REGION")).orElse("us-east-1"),
            null));
  }

  @AfterEach
  void leaveNothing() {
    Pinecone client = new Pinecone.Builder(KEY).build();
    made.forEach(client::deleteIndex);
  }
}
