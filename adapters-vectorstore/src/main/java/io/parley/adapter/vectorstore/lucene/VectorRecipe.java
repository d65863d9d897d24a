package io.parley.adapter.vectorstore.lucene;

import io.parley.domain.document.ChunkId;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.retrieval.IndexedVector;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.SearcherFactory;

/** Unit vectors in a graph of neighbours. */
final class VectorRecipe implements IndexRecipe<IndexedVector> {

  static final String VECTOR = "vector";

  /** Lucene's own but for the vectors, whose format readers find by the name in the files. */
  private static final Codec CODEC =
      new Lucene104Codec() {
        private final KnnVectorsFormat wide = new WideVectorsFormat();

        @Override
        public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
          return wide;
        }
      };

  private final LuceneVectorStoreConfig config;

  VectorRecipe(LuceneVectorStoreConfig config) {
    this.config = config;
  }

  @Override
  public String name() {
    return "vectors/1/" + config.dimension();
  }

  @Override
  public IndexWriterConfig writing() {
    return new IndexWriterConfig()
        .setCodec(CODEC)
        .setMergePolicy(IndexRecipe.merging())
        .setUseCompoundFile(false)
        .setRAMBufferSizeMB(config.writeBufferMegabytes());
  }

  @Override
  public SearcherFactory searchers() {
    return new SearcherFactory();
  }

  @Override
  public void check(IndexChange<IndexedVector> change) {
    if (change instanceof IndexChange.Add<IndexedVector> add) {
      add.chunks().forEach(chunk -> UnitVectors.check(chunk.vector(), config.dimension()));
    }
  }

  @Override
  public ChunkId idOf(IndexedVector chunk) {
    return chunk.id();
  }

  @Override
  public Document document(IndexedVector chunk) {
    Document document = ChunkFields.document(chunk.id(), chunk.attributes());
    float[] unit = UnitVectors.of(chunk.vector(), config.dimension());
    document.add(new KnnFloatVectorField(VECTOR, unit, VectorSimilarityFunction.DOT_PRODUCT));
    return document;
  }
}
