package io.parley.adapter.vectorstore.lucene;

import io.parley.domain.port.vectorstore.KeywordIndex;
import io.parley.testkit.vectorstore.KeywordIndexContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class LuceneKeywordIndexContractTest extends KeywordIndexContract {
  @TempDir Path directory;

  @Override
  protected KeywordIndex openEmpty() {
    return LuceneKeywordIndex.open(new LuceneKeywordIndexConfig(directory));
  }
}
