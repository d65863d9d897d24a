package io.parley.adapter.ai.extractive;

import java.util.List;
import java.util.stream.Stream;

/**
 * Three linear judgements over {@link #FEATURES}, one weight a feature and in their order: which
 * sentence is the best, whether the question is about these documents at all, and whether the best
 * sentence answers it. Three, because what tells sentences of one question apart is not what tells
 * questions apart, and because a question about something else and a question that these documents
 * almost answer differ from an answered one in opposite directions: the one is far from every
 * sentence, the other near to some.
 *
 * @param ranking weights of a sentence's score among the others
 * @param topic weights of the logit that the question is about the documents
 * @param topicBias what is added to it
 * @param topicThreshold least probability at which anything is given, 0–1
 * @param answering weights of the logit that the best sentence answers
 * @param bias what is added to it
 * @param threshold least probability at which the best sentence is given, 0–1
 * @param behind how far a further sentence's score may be behind the best one's
 */
record Weights(
    List<Double> ranking,
    List<Double> topic,
    double topicBias,
    double topicThreshold,
    List<Double> answering,
    double bias,
    double threshold,
    double behind) {

  /** Of a sentence, then of the question. */
  static final List<String> FEATURES =
      Stream.concat(Evidence.FEATURES.stream(), Nearness.FEATURES.stream()).toList();

  /** No sentence is better than another, and every one is given. */
  static final Weights NONE = new Weights(zeros(), zeros(), 0, 0, zeros(), 0, 0, Math.log(10));

  /** Printed by {@code FitWeights}; docs/quality.md says how, and what they achieve. */
  static final Weights FITTED =
      new Weights(
          List.of(
              3.037, 0.886, 1.631, 0.530, -0.945, 0.460, 0.561, -0.561, 0.405, 0.982, 0.260, 1.028,
              0.0, -0.305, 0.247, 0.008, 1.049, 1.159, -1.056, -0.799, 0.0, 0.0, 0.0, 0.0, 0.0),
          List.of(
              0.0, 0.0, 0.0, 0.0, 0.0, 1.317, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0,
              0.0, 0.0, 0.0, 3.911, 1.393, 3.454, 2.925, 2.166),
          -3.281,
          0.70,
          List.of(
              1.420, 0.823, 0.041, 0.853, -2.690, 0.0, 0.0, -1.059, 0.0, -0.709, 0.971, 0.0, -1.424,
              -2.189, 0.286, 0.0, 0.0, 0.987, -1.375, -1.542, 0.0, 0.848, 0.0, 0.0, 0.0),
          -1.029,
          0.50,
          Math.log(10));

  Weights {
    ranking = oneEach(ranking);
    topic = oneEach(topic);
    answering = oneEach(answering);
  }

  private static List<Double> oneEach(List<Double> weights) {
    if (weights.size() != FEATURES.size()) {
      throw new IllegalArgumentException("Each judgement has one weight a feature.");
    }
    return List.copyOf(weights);
  }

  private static List<Double> zeros() {
    return FEATURES.stream().map(_ -> 0.0).toList();
  }

  /** The same judgements, given more or less readily. */
  Weights withThresholds(double onTopic, double answers) {
    return new Weights(ranking, topic, topicBias, onTopic, answering, bias, answers, behind);
  }

  /** The higher, the better is the sentence among those of the same question. */
  double score(List<Double> features) {
    return dot(ranking, features);
  }

  /** The probability that the question whose best sentence has these features is on topic. */
  double onTopic(List<Double> features) {
    return probability(topicBias + dot(topic, features));
  }

  /** The probability that a sentence with these features, the best there is, answers. */
  double answers(List<Double> features) {
    return probability(bias + dot(answering, features));
  }

  private static double probability(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  private static double dot(List<Double> weights, List<Double> features) {
    double sum = 0;
    for (int i = 0; i < weights.size(); i++) {
      sum += weights.get(i) * features.get(i);
    }
    return sum;
  }
}
