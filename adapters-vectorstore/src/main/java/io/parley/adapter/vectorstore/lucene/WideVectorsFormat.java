package io.parley.adapter.vectorstore.lucene;

import static org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat.DEFAULT_BEAM_WIDTH;
import static org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat.DEFAULT_MAX_CONN;
import static org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat.DEFAULT_NUM_MERGE_WORKER;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/**
 * Lucene's graph of neighbours for vectors of up to 4,096 dimensions; its own formats stop at
 * 1,024. Lucene finds it by its name when it opens an index.
 */
public final class WideVectorsFormat extends KnnVectorsFormat {

  static final int MAX_DIMENSIONS = 4096;
  private static final String NAME = "ParleyWide1";

  /**
   * Below some 2,300 vectors a segment gets no graph: it is scanned about as fast, a document's
   * chunks are there sooner, and segments that small are merged soon. In Lucene's unit, how many of
   * the nearest a search wants: there is a graph where finding them visits fewer than all.
   */
  private static final int WORTH_A_GRAPH = 300;

  private final KnnVectorsFormat graph =
      new Lucene99HnswVectorsFormat(
          DEFAULT_MAX_CONN, DEFAULT_BEAM_WIDTH, DEFAULT_NUM_MERGE_WORKER, null, WORTH_A_GRAPH);

  /** For Lucene's service loader. */
  public WideVectorsFormat() {
    super(NAME);
  }

  @Override
  public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
    return graph.fieldsWriter(state);
  }

  @Override
  public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
    return graph.fieldsReader(state);
  }

  @Override
  public int getMaxDimensions(String fieldName) {
    return MAX_DIMENSIONS;
  }
}
