package io.parley.benchmarks;

import io.parley.adapter.vectorstore.lucene.LuceneVectorStore;
import io.parley.adapter.vectorstore.lucene.LuceneVectorStoreConfig;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.ScoredChunk;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Recall and waiting times of the embedded vector search, one thread. Arguments: chunks, dimension,
 * and a directory, which is filled when it is empty and kept.
 */
public final class VectorSearchReport {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int LIMIT = 10;
  private static final int QUESTIONS = 2_000;
  private static final int JUDGED = 100;
  private static final int[] PERCENT = {100, 50, 10, 5, 1};

  private final PrintStream out;
  private final VectorCorpus corpus;
  private final LuceneVectorStore store;

  private VectorSearchReport(PrintStream out, VectorCorpus corpus, LuceneVectorStore store) {
    this.out = out;
    this.corpus = corpus;
    this.store = store;
  }

  /** Prints one line a filter. */
  public static void main(String[] args) throws IOException {
    int size = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
    int dimension = args.length > 1 ? Integer.parseInt(args[1]) : 384;
    Path directory =
        args.length > 2 ? Path.of(args[2]) : Files.createTempDirectory("parley-vectors");
    VectorCorpus corpus = new VectorCorpus(size, dimension, QUESTIONS);
    long opening = System.nanoTime();
    try (LuceneVectorStore store =
        LuceneVectorStore.open(new LuceneVectorStoreConfig(directory, dimension))) {
      System.out.printf("open %.0f ms%n", millis(System.nanoTime() - opening));
      VectorSearchReport report = new VectorSearchReport(System.out, corpus, store);
      report.fill();
      report.run();
    }
    System.out.printf("bytes %d in %s%n", bytes(directory), directory);
  }

  private void fill() {
    if (store.count() > 0) {
      return;
    }
    long start = System.nanoTime();
    corpus.fill(store);
    out.printf("filled %d in %.1f s%n", store.count(), millis(System.nanoTime() - start) / 1000);
  }

  private void run() {
    for (int percent : PERCENT) {
      Filter filter = VectorCorpus.passing(percent);
      double[] first = times(filter);
      long cpu = THREADS.getCurrentThreadCpuTime();
      double[] times = times(filter);
      cpu = THREADS.getCurrentThreadCpuTime() - cpu;
      out.printf(
          "filter %3d%%  recall@10 %.4f  p50 %.3f ms  p99 %.3f ms  mean %.3f ms  processor %.3f ms  (cold p99 %.3f)%n",
          percent,
          recall(percent, filter),
          times[times.length / 2],
          times[times.length * 99 / 100],
          Arrays.stream(times).average().orElse(0),
          millis(cpu) / QUESTIONS,
          first[first.length * 99 / 100]);
    }
  }

  private double[] times(Filter filter) {
    double[] times = new double[QUESTIONS];
    for (int i = 0; i < QUESTIONS; i++) {
      long start = System.nanoTime();
      store.search(corpus.scopeOfBot(), corpus.questions()[i], LIMIT, filter);
      times[i] = millis(System.nanoTime() - start);
    }
    Arrays.sort(times);
    return times;
  }

  private double recall(int percent, Filter filter) {
    double sum = 0;
    for (int i = 0; i < JUDGED; i++) {
      float[] question = corpus.questions()[i];
      List<ScoredChunk> found = store.search(corpus.scopeOfBot(), question, LIMIT, filter);
      sum += corpus.recall(question, percent, found);
    }
    return sum / JUDGED;
  }

  private static double millis(long nanos) {
    return nanos / 1e6;
  }

  private static long bytes(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
