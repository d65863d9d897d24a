package io.parley.adapter.vectorstore.lucene;

import io.parley.adapter.vectorstore.terms.WordAnalysis;
import io.parley.domain.document.ChunkId;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.retrieval.IndexedWords;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexableFieldType;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.BytesRefBuilder;
import org.jspecify.annotations.Nullable;

/** Stems and exact forms of words, ranked by BM25. */
final class WordRecipe implements IndexRecipe<IndexedWords> {

  static final String EXACT = "exact";
  private static final String STEM = "stem.";
  private static final String ANALYSED = "analysed";

  /** k1 and b as measured on chunks of some hundred words. */
  private static final Similarity BM25 = new BM25Similarity(0.9f, 0.4f);

  private static final IndexableFieldType WORDS = words();

  private final LuceneKeywordIndexConfig config;

  WordRecipe(LuceneKeywordIndexConfig config) {
    this.config = config;
  }

  /** Where an analyser's stems are. */
  static String stems(String analyser) {
    return STEM + analyser;
  }

  /** Stands in every document of the scope that the analyser made stems of. */
  static Term analysed(BytesRef scope, String analyser) {
    BytesRefBuilder term = new BytesRefBuilder();
    term.append(scope);
    term.append(new BytesRef(analyser));
    return new Term(ANALYSED, term.toBytesRef());
  }

  @Override
  public String name() {
    return "words/1/" + WordAnalysis.VERSION;
  }

  @Override
  public IndexWriterConfig writing() {
    return new IndexWriterConfig()
        .setSimilarity(BM25)
        .setMergePolicy(IndexRecipe.merging())
        .setRAMBufferSizeMB(config.writeBufferMegabytes());
  }

  @Override
  public SearcherFactory searchers() {
    return new SearcherFactory() {
      @Override
      public IndexSearcher newSearcher(IndexReader reader, @Nullable IndexReader previous) {
        IndexSearcher searcher = new IndexSearcher(reader);
        searcher.setSimilarity(BM25);
        return searcher;
      }
    };
  }

  @Override
  public void check(IndexChange<IndexedWords> change) {
    // Every text can be indexed.
  }

  @Override
  public ChunkId idOf(IndexedWords chunk) {
    return chunk.id();
  }

  @Override
  public Document document(IndexedWords chunk) {
    Document document = ChunkFields.document(chunk.id(), chunk.attributes());
    String words = chunk.words();
    document.add(new Field(EXACT, WordAnalysis.exact(words), WORDS));
    document.add(new Field(EXACT, WordAnalysis.identifiers(words), WORDS));
    WordAnalysis.stemmingOf(chunk.language())
        .ifPresent(analyser -> {
          document.add(new Field(stems(analyser), WordAnalysis.stems(analyser, words), WORDS));
          BytesRef scope =
              ChunkFields.scope(chunk.attributes().tenant(), chunk.attributes().bot()).bytes();
          ChunkFields.add(document, analysed(scope, analyser));
        });
    return document;
  }

  /** Positions serve phrases, which nobody asks for. */
  private static IndexableFieldType words() {
    FieldType type = new FieldType(TextField.TYPE_NOT_STORED);
    type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
    type.freeze();
    return type;
  }
}
