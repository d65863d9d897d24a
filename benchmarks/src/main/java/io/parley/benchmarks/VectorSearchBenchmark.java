package io.parley.benchmarks;

import io.parley.adapter.vectorstore.lucene.LuceneVectorStore;
import io.parley.adapter.vectorstore.lucene.LuceneVectorStoreConfig;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.ScoredChunk;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The embedded vector search, one thread, ten results. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 3, time = 5)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public class VectorSearchBenchmark {

  /** Chunks in the index, all of one bot. */
  @Param("100000")
  public int chunks;

  /** Numbers in a vector. */
  @Param("384")
  public int dimension;

  /** How many of the chunks pass the filter. */
  @Param({"100", "50", "10", "1"})
  public int percent;

  private final Filled filled = new Filled();

  /** Fills a new directory. */
  @Setup(Level.Trial)
  public void fill() throws IOException {
    filled.fill(chunks, dimension, percent);
  }

  /** Leaves the directory to the system's cleaning. */
  @TearDown(Level.Trial)
  public void close() {
    filled.close();
  }

  /** One search. */
  @Benchmark
  public List<ScoredChunk> nearestTen() {
    return filled.search();
  }

  private static final class Filled {
    private @Nullable LuceneVectorStore store;
    private VectorCorpus corpus = new VectorCorpus(1, 1, 1);
    private Filter filter = Filter.NONE;
    private int next;

    void fill(int chunks, int dimension, int percent) throws IOException {
      corpus = new VectorCorpus(chunks, dimension, 1_000);
      filter = VectorCorpus.passing(percent);
      LuceneVectorStore opened =
          LuceneVectorStore.open(
              new LuceneVectorStoreConfig(Files.createTempDirectory("parley-jmh"), dimension));
      corpus.fill(opened);
      store = opened;
    }

    List<ScoredChunk> search() {
      LuceneVectorStore opened = Objects.requireNonNull(store);
      float[] question = corpus.questions()[next++ % corpus.questions().length];
      return opened.search(corpus.scopeOfBot(), question, 10, filter);
    }

    void close() {
      if (store != null) {
        store.close();
      }
    }
  }
}
