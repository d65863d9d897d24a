package io.parley.adapter.vectorstore.pgvector;

import io.parley.domain.port.vectorstore.KeywordIndex;
import io.parley.testkit.vectorstore.KeywordIndexContract;

final class PgKeywordIndexContractTest extends KeywordIndexContract {
  @Override
  protected KeywordIndex openEmpty() {
    return PgKeywordIndex.open(
        new PgKeywordIndexConfig(TestPostgres.plain(), TestPostgres.freshName("words")));
  }
}
