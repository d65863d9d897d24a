package io.parley.adapter.ai.extractive;

import java.util.List;

/**
 * A logistic judgement of {@link Evidence#features}: the probability that a sentence answers.
 *
 * @param bias what is added to the weighted features
 * @param each one weight a feature, in the order of {@link Evidence#FEATURES}
 * @param answers the least probability of the best sentence; under it nothing was found
 * @param joins the share of the best sentence's odds that a further sentence needs
 */
record Weights(double bias, List<Double> each, double answers, double joins) {

  /** Fitted on the {@code tune} half of the sample questions by {@code WeightsFitting} in the tests. */
  static final Weights FITTED =
      new Weights(
          -6, List.of(6.0, 2.0, 2.0, 2.0, -3.0, -3.0, 1.0, 0.5, -0.5, 0.5, 1.0, 2.0, -0.5), 0.5, 0.4);

  Weights {
    if (each.size() != Evidence.FEATURES.size()) {
      throw new IllegalArgumentException("One weight a feature.");
    }
    each = List.copyOf(each);
  }

  /** The probability that a sentence with these features answers. */
  double probability(List<Double> features) {
    double sum = bias;
    for (int i = 0; i < each.size(); i++) {
      sum += each.get(i) * features.get(i);
    }
    return 1 / (1 + Math.exp(-sum));
  }
}
