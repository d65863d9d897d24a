package io.parley.testkit.server;

import io.parley.testkit.ai.HashingEmbedder;
import io.parley.testkit.server.Fault.Lie;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Embeds by hashing words, so that texts with words in common are near to each other. */
final class EmbeddingReplies {
  private EmbeddingReplies() {}

  /** Answers with those embeddings, as the fault says. */
  static void send(Reply reply, String json, Fault fault) throws IOException {
    switch (fault) {
      case Fault.SpeaksNonsense _ -> reply.json(200, "{\"data\": nonsense}");
      case Fault.StallsAfter _ -> reply.half(json);
      case Fault.Lies(Lie lie) when lie == Lie.NULL -> reply.json(200, json.replace("NaN", "null"));
      default -> reply.json(200, json);
    }
  }

  /** Vectors of that dimension and length, one a text, as the fault says. */
  static List<Embedded> of(List<String> texts, int dimension, double length, Fault fault) {
    List<Embedded> all = new ArrayList<>();
    try (HashingEmbedder embedder = new HashingEmbedder(dimension)) {
      for (String text : texts) {
        float[] vector = embedder.embedQuery(text.isBlank() ? "blank" : text);
        for (int i = 0; i < vector.length; i++) {
          vector[i] *= (float) length;
        }
        all.add(new Embedded(all.size(), vector));
      }
    }
    return switch (fault) {
      case Fault.Reorders _ -> {
        Collections.reverse(all);
        yield all;
      }
      case Fault.Lies(Lie lie) -> lying(all, lie);
      default -> all;
    };
  }

  private static List<Embedded> lying(List<Embedded> all, Lie lie) {
    Embedded last = all.removeLast();
    float[] vector = last.vector();
    switch (lie) {
      case NOT_A_NUMBER, NULL -> vector[0] = Float.NaN;
      case ENDLESS -> vector[0] = Float.POSITIVE_INFINITY;
      case ZERO -> Arrays.fill(vector, 0);
      case WRONG_DIMENSION -> vector = Arrays.copyOf(vector, vector.length - 1);
      case FEWER -> {
        return all;
      }
      case FOREIGN_INDEX, SAME_INDEX_TWICE -> {}
    }
    int index =
        switch (lie) {
          case FOREIGN_INDEX -> last.index() + 1;
          case SAME_INDEX_TWICE -> 0;
          default -> last.index();
        };
    all.add(new Embedded(index, vector));
    return all;
  }
}
