package io.parley.adapter.ai.extractive;

import java.util.List;

/**
 * Two linear judgements over {@link Evidence#FEATURES}, one weight a feature and in their order:
 * which sentence is the best, and whether the best one answers at all. Two, because what tells
 * sentences of one question apart is not what tells answered questions from others.
 *
 * @param ranking weights of a sentence's score among the others
 * @param answering weights of the logit that the best sentence answers
 * @param bias what is added to that logit
 * @param threshold least probability at which the best sentence is given, 0–1
 * @param behind how far a further sentence's score may be behind the best one's
 */
record Weights(
    List<Double> ranking, List<Double> answering, double bias, double threshold, double behind) {

  /**
   * Fitted on the {@code tune} half of the sample questions: {@code ranking} as a softmax over the
   * sentences of each question, {@code answering} as a logistic regression over the best sentences
   * of all questions, both with an L2 penalty that was chosen, with the threshold, by six-fold
   * cross-validation within that half.
   */
  static final Weights FITTED =
      new Weights(
          List.of(
              2.095, 1.644, 1.570, 1.085, -0.585, 0.980, 0.567, -0.567, 0.088, 0.163, 0.868, 0.960,
              0.0, -0.550, 0.819, 0.243),
          List.of(
              1.585, 2.386, 1.116, 0.0, -1.662, 0.0, 0.0, -1.303, 0.0, 0.0, 0.0, 0.505, -1.128,
              -1.922, 0.721, 0.0),
          -1.920,
          0.42,
          Math.log(10));

  Weights {
    ranking = List.copyOf(ranking);
    answering = List.copyOf(answering);
    int features = Evidence.FEATURES.size();
    if (ranking.size() != features || answering.size() != features) {
      throw new IllegalArgumentException("Each judgement has one weight a feature.");
    }
  }

  /** The higher, the better is the sentence among those of the same question. */
  double score(List<Double> features) {
    return dot(ranking, features);
  }

  /** The probability that a sentence with these features, the best there is, answers. */
  double probability(List<Double> features) {
    return 1 / (1 + Math.exp(-bias - dot(answering, features)));
  }

  private static double dot(List<Double> weights, List<Double> features) {
    double sum = 0;
    for (int i = 0; i < weights.size(); i++) {
      sum += weights.get(i) * features.get(i);
    }
    return sum;
  }
}
