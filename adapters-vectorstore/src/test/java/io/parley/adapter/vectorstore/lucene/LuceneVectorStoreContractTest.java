package io.parley.adapter.vectorstore.lucene;

import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.testkit.vectorstore.VectorStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class LuceneVectorStoreContractTest extends VectorStoreContract {
  @TempDir Path directory;

  @Override
  protected VectorStore openEmpty(int dimension) {
    return LuceneVectorStore.open(
        new LuceneVectorStoreConfig(directory.resolve("of-" + dimension), dimension));
  }
}
