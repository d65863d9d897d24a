package io.parley.bootstrap.server;

import io.parley.adapter.vectorstore.lucene.LuceneKeywordIndex;
import io.parley.adapter.vectorstore.lucene.LuceneKeywordIndexConfig;
import io.parley.adapter.vectorstore.pgvector.PgKeywordIndex;
import io.parley.adapter.vectorstore.pgvector.PgKeywordIndexConfig;
import io.parley.domain.port.vectorstore.KeywordIndex;
import io.parley.domain.retrieval.Generation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the keyword index that the serving generation was made with. The embedded one is opened
 * ahead where it is chosen, while the database comes up.
 */
final class KeywordIndexes {
  private static final Logger LOG = LoggerFactory.getLogger(KeywordIndexes.class);

  /** What a generation keeps; absent for the embedded index. */
  static final String SETTING = "words";

  static final String EMBEDDED = "embedded";
  static final String POSTGRESQL = "postgresql";

  private final String chosen;
  private final DataDirectory directory;
  private final Closing closing;
  private final @Nullable Ahead<LuceneKeywordIndex> ahead;

  private KeywordIndexes(String chosen, DataDirectory directory, Closing closing) {
    this.chosen = chosen;
    this.directory = directory;
    this.closing = closing;
    this.ahead =
        chosen.equals(EMBEDDED) ? closing.add(Ahead.of("words", () -> embedded(directory))) : null;
  }

  static KeywordIndexes ahead(String chosen, DataDirectory directory, Closing closing) {
    return new KeywordIndexes(chosen, directory, closing);
  }

  private static LuceneKeywordIndex embedded(DataDirectory directory) {
    return LuceneKeywordIndex.open(new LuceneKeywordIndexConfig(directory.words()));
  }

  /** Where the words are that go with a generation. */
  static String of(Generation generation) {
    return generation.settings().getOrDefault(SETTING, EMBEDDED);
  }

  /** The generation decides; a difference is said. */
  KeywordIndex open(Generation generation, IndexDatabase database) {
    String kept = of(generation);
    if (!kept.equals(chosen)) {
      LOG.warn(
          "The settings choose the keyword index {}, but what is here was indexed in {}, which goes"
              + " on to serve: words cannot be moved. Set PARLEY_KEYWORD_INDEX to {}.",
          chosen,
          kept,
          kept);
    }
    if (kept.equals(POSTGRESQL)) {
      return closing.add(PgKeywordIndex.open(PgKeywordIndexConfig.of(database.dataSource())));
    }
    return ahead == null ? closing.add(embedded(directory)) : ahead.get();
  }
}
