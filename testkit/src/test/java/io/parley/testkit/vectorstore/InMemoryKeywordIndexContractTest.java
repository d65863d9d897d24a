package io.parley.testkit.vectorstore;

import io.parley.domain.port.vectorstore.KeywordIndex;

final class InMemoryKeywordIndexContractTest extends KeywordIndexContract {
  @Override
  protected KeywordIndex openEmpty() {
    return new InMemoryKeywordIndex();
  }
}
