package io.parley.adapter.vectorstore.lucene;

import io.parley.application.Adapters;
import io.parley.application.ParleyBuilder;
import java.nio.file.Path;

/** Both embedded indexes with their defaults, for programs that embed Parley. */
public final class LuceneIndexes implements AutoCloseable {
  private final LuceneVectorStore vectors;
  private final LuceneKeywordIndex words;

  private LuceneIndexes(LuceneVectorStore vectors, LuceneKeywordIndex words) {
    this.vectors = vectors;
    this.words = words;
  }

  /**
   * Gives the builder its vector store and keyword index. The builder must have its embedder
   * already: the index is made for that embedder's vectors.
   *
   * @param directory made when it is missing; one process owns it at a time
   */
  public static Adapters in(Path directory) {
    return builder -> open(directory, builder);
  }

  private static LuceneIndexes open(Path directory, ParleyBuilder builder) {
    int dimension = builder.embedder().model().dimension();
    LuceneVectorStore vectors =
        LuceneVectorStore.open(
            new LuceneVectorStoreConfig(directory.resolve("vectors"), dimension));
    try {
      LuceneKeywordIndex words =
          LuceneKeywordIndex.open(new LuceneKeywordIndexConfig(directory.resolve("words")));
      builder.vectorStore(vectors).keywordIndex(words).vectorStoreName("embedded");
      return new LuceneIndexes(vectors, words);
    } catch (RuntimeException e) {
      vectors.close();
      throw e;
    }
  }

  /** Waits for merges that are under way. */
  @Override
  public void close() {
    try (words) {
      vectors.close();
    }
  }
}
