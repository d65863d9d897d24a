package io.parley.benchmarks.embedding;

import ai.onnxruntime.OrtException;
import io.parley.adapter.ai.local.OnnxEmbedder;
import io.parley.adapter.ai.local.OnnxEmbedderConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Embeds chunks of 500 characters through {@link OnnxEmbedder} and through the bare runtime in
 * turns, then single questions, and prints rates, latencies and resident memory. Arguments: chunks
 * a round (300), rounds (5). Rounds alternate because the machine's speed drifts; the share is that
 * of the medians.
 */
public final class EmbeddingRun {
  private static final int CHUNK = 500;
  private static final List<String> WORDS =
      List.of(
          ("the harbour master keeps a list of every ship that came in on the morning tide and writes"
                  + " beside it what was carried and who had signed for water bread rope or oil while"
                  + " winter storms closed northern routes for several weeks until spring")
              .split(" ", -1));

  private EmbeddingRun() {}

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    int chunks = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 300;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    List<String> texts = texts(chunks);
    System.out.printf(Locale.ROOT, "resident before: %d MB%n", residentMegabytes());
    try (OnnxEmbedder embedder = OnnxEmbedder.open(OnnxEmbedderConfig.standard())) {
      embedder.embedPassages(texts.subList(0, Math.min(20, chunks)));
      System.out.printf(
          Locale.ROOT, "resident after the first passages: %d MB%n", residentMegabytes());
      embedder.embedPassages(texts);
      System.out.printf(
          Locale.ROOT, "resident after a burst of passages: %d MB%n", residentMegabytes());
      compare(embedder, texts, rounds);
      System.out.printf(
          Locale.ROOT, "resident with what the bare runtime keeps: %d MB%n", residentMegabytes());
      queries(embedder);
      System.out.printf(
          Locale.ROOT, "resident with the questions' session: %d MB%n", residentMegabytes());
    }
  }

  private static void compare(OnnxEmbedder embedder, List<String> texts, int rounds)
      throws OrtException, IOException, InterruptedException {
    double[] ours = new double[rounds];
    double[] bare = new double[rounds];
    long[][] ids = ids(texts);
    try (BareSession session = new BareSession()) {
      session.run(
          Arrays.copyOf(ids, Math.min(20, ids.length)), OnnxEmbedderConfig.standard().threads());
      for (int round = 0; round < rounds; round++) {
        long start = System.nanoTime();
        embedder.embedPassages(texts);
        ours[round] = texts.size() * 1e9 / (System.nanoTime() - start);
        start = System.nanoTime();
        session.run(ids, OnnxEmbedderConfig.standard().threads());
        bare[round] = texts.size() * 1e9 / (System.nanoTime() - start);
        System.out.printf(
            Locale.ROOT,
            "round %d: %.0f chunks/s, bare %.0f%n",
            round + 1,
            ours[round],
            bare[round]);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "median: %.0f chunks/s, bare %.0f, share %.0f %%%n",
        median(ours),
        median(bare),
        100 * median(ours) / median(bare));
  }

  private static void queries(OnnxEmbedder embedder) {
    double[] milliseconds = new double[200];
    embedder.embedQuery("warm");
    for (int i = 0; i < milliseconds.length; i++) {
      long start = System.nanoTime();
      embedder.embedQuery("When does ship number " + i + " leave the harbour in winter?");
      milliseconds[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(milliseconds);
    System.out.printf(
        Locale.ROOT,
        "one question: p50 %.1f ms, p99 %.1f ms%n",
        milliseconds[100],
        milliseconds[197]);
  }

  /** Texts of as many characters as a chunk has. */
  public static List<String> texts(int count) {
    Random random = new Random(1);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      while (text.length() < CHUNK) {
        text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
      }
      texts.add(text.substring(0, CHUNK));
    }
    return texts;
  }

  /** As many ids a text as the embedder makes of it: its words are all in the vocabulary whole. */
  public static long[][] ids(List<String> texts) {
    return texts.stream()
        .map(text -> {
          long[] ids = new long[text.strip().split("\\s+", -1).length + 2];
          Arrays.fill(ids, 2_000);
          return ids;
        })
        .toArray(long[][]::new);
  }

  /** The middle one. */
  public static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static long residentMegabytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return -1;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(-1);
  }
}
