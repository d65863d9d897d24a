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

  /** Of a sentence, then of the question, then of the words of both. */
  static final List<String> FEATURES =
      Stream.of(Evidence.FEATURES, Nearness.FEATURES, LateInteraction.FEATURES)
          .flatMap(List::stream)
          .toList();

  /** No sentence is better than another, and every one is given. */
  static final Weights NONE = new Weights(zeros(), zeros(), 0, 0, zeros(), 0, 0, Math.log(10));

  /** Printed by {@code FitWeights}; docs/quality.md says how, and what they achieve. */
  static final Weights FITTED =
      new Weights(
          List.of(
              2.499, 0.309, 1.411, 0.360, -0.873, 0.238, 0.563, -0.563, 0.310, 0.760, -0.034, 1.036,
              0.0, -0.330, 0.187, 0.064, 0.937, 1.115, -1.002, -0.822, 0.0, 0.0, 0.0, 0.0, 0.0,
              2.075, 1.408, 0.0, 0.0, 0.0),
          List.of(
              0.0, 0.0, 0.0, 0.0, 0.0, 0.851, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0,
              0.0, 0.0, 0.0, 3.734, 1.346, 3.006, 2.617, 1.889, 0.0, 0.0, 0.0, 0.0, 2.955),
          -3.648,
          0.70,
          List.of(
              0.721, 0.004, -0.203, 0.180, -2.626, 0.0, 0.0, -1.122, 0.0, -2.046, -0.253, 0.0,
              -0.401, -1.998, 0.270, 0.0, 0.0, 0.776, -1.563, -1.563, 0.0, 0.346, 0.0, 0.0, 0.0,
              0.0, 1.642, 1.986, 1.911, 1.419),
          -1.705,
          0.55,
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
