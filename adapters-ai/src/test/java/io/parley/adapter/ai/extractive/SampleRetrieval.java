package io.parley.adapter.ai.extractive;

import io.parley.domain.conversation.Passage;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.PageText;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.SourceType;
import io.parley.domain.document.TextSpan;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.port.ai.TextSplitter;
import io.parley.domain.retrieval.FoundChunk;
import io.parley.domain.retrieval.SearchHit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** Chunks in memory, found by the mean of cosine and BM25 (k1 0.9, b 0.4), each brought to 0–1. */
final class SampleRetrieval {
  private final Embedder embedder;
  private final List<FoundChunk> chunks = new ArrayList<>();
  private final List<float[]> vectors;
  private final List<Map<String, Integer>> counts = new ArrayList<>();
  private final Map<String, Integer> documentFrequency = new HashMap<>();

  SampleRetrieval(Embedder embedder, TextSplitter splitter, Map<String, List<PageText>> documents) {
    this.embedder = embedder;
    documents.forEach((name, pages) -> add(name, pages, splitter));
    this.vectors =
        embedder.embedPassages(chunks.stream().map(c -> c.chunk().embeddingText()).toList());
    for (FoundChunk found : chunks) {
      Map<String, Integer> count = new HashMap<>();
      Words.of(found.chunk().embeddingText()).forEach(w -> count.merge(stem(w), 1, Integer::sum));
      counts.add(count);
      count.keySet().forEach(w -> documentFrequency.merge(w, 1, Integer::sum));
    }
  }

  private void add(String name, List<PageText> pages, TextSplitter splitter) {
    SourceId source = new SourceId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    VersionRef ref = new VersionRef(source, 1);
    String title = pages.getFirst().text().strip().lines().findFirst().orElse(name);
    int ordinal = 0;
    int before = 0;
    for (PageText page : pages) {
      for (TextSpan span : splitter.split(page, 600, 60)) {
        Chunk chunk =
            new Chunk(
                ChunkId.of(ref, ordinal),
                ref,
                ordinal++,
                page.number(),
                span.shifted(before),
                title,
                span.of(page.text()));
        chunks.add(
            new FoundChunk(
                chunk, SourceType.DOCUMENT, DocumentName.of(name), null, Metadata.EMPTY));
      }
      before += page.text().length() + 1;
    }
  }

  List<Passage> top(String question, int count) {
    float[] asked = embedder.embedQuery(question);
    double[] cosines = normalised(vectors.stream().mapToDouble(v -> dot(asked, v)).toArray());
    double[] words =
        normalised(IntStream.range(0, chunks.size()).mapToDouble(i -> bm25(question, i)).toArray());
    List<Integer> best =
        IntStream.range(0, chunks.size())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -(cosines[i] + words[i])))
            .limit(count)
            .toList();
    List<Passage> passages = new ArrayList<>();
    for (int i : best) {
      double score = (cosines[i] + words[i]) / 2;
      passages.add(new Passage(passages.size() + 1, new SearchHit(chunks.get(i), score)));
    }
    return passages;
  }

  private double bm25(String question, int at) {
    Map<String, Integer> count = counts.get(at);
    double length = count.values().stream().mapToInt(c -> c).sum() / 100.0;
    double sum = 0;
    for (String word : Question.of(question).words()) {
      int df = documentFrequency.getOrDefault(stem(word), 0);
      int tf = count.getOrDefault(stem(word), 0);
      double idf = Math.log(1 + (chunks.size() - df + 0.5) / (df + 0.5));
      sum += idf * tf * 1.9 / (tf + 0.9 * (0.6 + 0.4 * length));
    }
    return sum;
  }

  private static String stem(String word) {
    return word.length() > 4 && word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
  }

  private static double[] normalised(double[] scores) {
    double low = Arrays.stream(scores).min().orElse(0);
    double high = Arrays.stream(scores).max().orElse(1);
    return Arrays.stream(scores).map(s -> high > low ? (s - low) / (high - low) : 0).toArray();
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
