package io.parley.adapter.vectorstore.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.testkit.vectorstore.SampleChunks;
import io.parley.testkit.vectorstore.VectorStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LuceneVectorStoreContractTest extends VectorStoreContract {
  @TempDir Path directory;

  @Override
  protected VectorStore openEmpty(int dimension) {
    return LuceneVectorStore.open(
        new LuceneVectorStoreConfig(directory.resolve("of-" + dimension), dimension));
  }

  @Test
  void aDroppedDirectoryIsGone() {
    add(1, chunks(SampleChunks.newVersion(), 3));

    index.drop();

    assertThat(directory).isEmptyDirectory();
  }
}
