package io.parley.testkit.ai;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.retrieval.EmbeddingModel;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An embedder without a model: each word adds ±1 at a place that its hash picks (Weinberger et al.
 * 2009), and the sum is brought to length 1. Texts that share words are near to each other, and the
 * same text has the same vector in every process.
 */
public final class HashingEmbedder implements Embedder {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

  private final EmbeddingModel model;
  private volatile boolean closed;

  /** An embedder whose model is {@code test/hashing}, of 1–4,096 dimensions. */
  public HashingEmbedder(int dimension) {
    this(new EmbeddingModel("test", "hashing", dimension));
  }

  /** An embedder that passes for that model. */
  public HashingEmbedder(EmbeddingModel model) {
    this.model = model;
  }

  @Override
  public EmbeddingModel model() {
    return model;
  }

  @Override
  public List<float[]> embedPassages(List<String> passages) {
    return passages.stream().map(this::embedQuery).toList();
  }

  @Override
  public float[] embedQuery(String text) {
    if (closed) {
      throw new PortFailure(
          PortFailure.Kind.UNAVAILABLE, "the hashing embedder", "It is closed.", null);
    }
    if (text.isBlank()) {
      throw new IllegalArgumentException("A blank text has no vector.");
    }
    float[] sum = new float[model.dimension()];
    Matcher words = WORD.matcher(text.toLowerCase(Locale.ROOT));
    while (words.find()) {
      add(words.group(), sum);
    }
    return unit(sum, text);
  }

  private static void add(String word, float[] sum) {
    int hash = mixed(word.hashCode());
    sum[Math.floorMod(hash, sum.length)] += (hash >>> 31) == 0 ? 1 : -1;
  }

  /**
   * The finaliser of MurmurHash3, because {@code String.hashCode} of short words is too regular.
   */
  private static int mixed(int hash) {
    int h = hash;
    h = (h ^ (h >>> 16)) * 0x85EBCA6B;
    h = (h ^ (h >>> 13)) * 0xC2B2AE35;
    return h ^ (h >>> 16);
  }

  /** A text without words, or whose words cancel out, has a direction of its own. */
  private static float[] unit(float[] sum, String text) {
    double square = square(sum);
    if (square == 0) {
      sum[Math.floorMod(mixed(Objects.hash(text)), sum.length)] = 1;
      return sum;
    }
    float scale = (float) (1 / Math.sqrt(square));
    for (int i = 0; i < sum.length; i++) {
      sum[i] *= scale;
    }
    return sum;
  }

  private static double square(float[] vector) {
    double square = 0;
    for (float value : vector) {
      square += (double) value * value;
    }
    return square;
  }

  @Override
  public void close() {
    closed = true;
  }
}
