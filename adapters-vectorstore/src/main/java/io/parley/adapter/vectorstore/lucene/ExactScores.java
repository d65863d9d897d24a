package io.parley.adapter.vectorstore.lucene;

import io.parley.domain.retrieval.ScoredChunk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.util.VectorUtil;
import org.jspecify.annotations.Nullable;

/** The best of all candidates, by their stored vectors. */
final class ExactScores extends SimpleCollector {

  private final float[] unit;
  private final int limit;
  private final PriorityQueue<ScoredChunk> best =
      new PriorityQueue<>(ScoredChunk.BEST_FIRST.reversed());
  private double worst = Double.NEGATIVE_INFINITY;

  private @Nullable Leaf leaf;

  ExactScores(float[] unit, int limit) {
    this.unit = unit;
    this.limit = limit;
  }

  /** The chunks in their order; collects nothing afterwards. */
  List<ScoredChunk> best() {
    List<ScoredChunk> inOrder = new ArrayList<>(best);
    inOrder.sort(ScoredChunk.BEST_FIRST);
    return inOrder;
  }

  @Override
  protected void doSetNextReader(LeafReaderContext context) throws IOException {
    FloatVectorValues vectors = context.reader().getFloatVectorValues(VectorRecipe.VECTOR);
    leaf =
        vectors == null
            ? null
            : new Leaf(vectors, vectors.iterator(), ChunkFields.ids(context.reader()));
  }

  @Override
  public void collect(int doc) throws IOException {
    Leaf in = leaf;
    if (in == null || in.at.advance(doc) != doc) {
      return;
    }
    float[] stored = in.vectors.vectorValue(in.at.index());
    double score = Math.clamp((double) VectorUtil.dotProduct(unit, stored), -1, 1);
    if (score >= worst) {
      keep(new ScoredChunk(ChunkFields.idAt(in.ids, doc), score));
    }
  }

  private void keep(ScoredChunk chunk) {
    best.add(chunk);
    if (best.size() > limit) {
      best.remove();
    }
    if (best.size() == limit) {
      worst = best.element().score();
    }
  }

  @Override
  public ScoreMode scoreMode() {
    return ScoreMode.COMPLETE_NO_SCORES;
  }

  private record Leaf(
      FloatVectorValues vectors, KnnVectorValues.DocIndexIterator at, SortedDocValues ids) {}
}
