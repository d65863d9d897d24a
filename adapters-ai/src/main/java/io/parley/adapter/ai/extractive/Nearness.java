package io.parley.adapter.ai.extractive;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * How near the question is to what was found, by the embedder: what tells a question about
 * something else from one about these documents, whatever words it uses.
 *
 * @param passage the best passage's cosine
 * @param passageMargin by how much it is above the mean of the other passages
 * @param sentence the best sentence's cosine
 * @param sentences the mean of the three best sentences
 * @param sentenceMargin by how much the best sentence is above the median one
 */
record Nearness(
    double passage,
    double passageMargin,
    double sentence,
    double sentences,
    double sentenceMargin) {

  /** What {@link #features} holds, in its order. */
  static final List<String> FEATURES =
      List.of(
          "nearestPassage",
          "passageMargin",
          "nearestSentence",
          "threeNearestSentences",
          "sentenceMargin");

  private static final int FEW = 3;

  static Nearness of(Collection<Double> passages, Collection<Double> sentences) {
    List<Double> near = bestFirst(passages);
    List<Double> told = bestFirst(sentences);
    return new Nearness(
        near.getFirst(),
        near.size() == 1 ? 0 : near.getFirst() - mean(near.subList(1, near.size())),
        told.getFirst(),
        mean(told.subList(0, Math.min(FEW, told.size()))),
        told.getFirst() - told.get(told.size() / 2));
  }

  List<Double> features() {
    return List.of(passage, passageMargin, sentence, sentences, sentenceMargin);
  }

  private static List<Double> bestFirst(Collection<Double> cosines) {
    return cosines.stream().sorted(Comparator.reverseOrder()).toList();
  }

  private static double mean(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }
}
