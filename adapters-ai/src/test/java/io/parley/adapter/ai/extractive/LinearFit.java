package io.parley.adapter.ai.extractive;

import java.util.List;

/**
 * Weights of linear judgements, by gradient descent with momentum (Adam: Kingma and Ba 2015) on a
 * penalised likelihood. Small and slow: some hundred examples of some twenty features.
 */
final class LinearFit {
  private static final int STEPS = 3000;
  private static final double RATE = 0.03;

  private LinearFit() {}

  /** One question's sentences; {@code right} holds at least one true. */
  record Choice(List<List<Double>> sentences, boolean[] right) {}

  /** One judged question. */
  record Case(List<Double> features, boolean right) {}

  /** The gradient of what is to become small. */
  private interface Slope {
    void add(double[] weights, double[] slope);
  }

  /** Weights of a softmax over each question's sentences; features that are not used get 0. */
  static double[] ranking(List<Choice> choices, boolean[] used, double penalty) {
    return descend(
        used.length,
        used,
        penalty,
        (w, g) -> choices.forEach(c -> chosen(c, w, g, choices.size())));
  }

  /** Weights of a logistic regression; the last one, which is not penalised, is the bias. */
  static double[] logistic(List<Case> cases, boolean[] used, double penalty) {
    return descend(
        used.length + 1,
        used,
        penalty,
        (w, g) -> cases.forEach(c -> judged(c, w, g, cases.size())));
  }

  private static void chosen(Choice choice, double[] weights, double[] slope, int all) {
    int n = choice.sentences().size();
    double[] odds = new double[n];
    double sum = 0;
    double right = 0;
    for (int i = 0; i < n; i++) {
      odds[i] = Math.exp(dot(weights, choice.sentences().get(i)));
      sum += odds[i];
      right += choice.right()[i] ? odds[i] : 0;
    }
    for (int i = 0; i < n; i++) {
      double pull = odds[i] / sum - (choice.right()[i] ? odds[i] / right : 0);
      add(slope, choice.sentences().get(i), pull / all);
    }
  }

  private static void judged(Case one, double[] weights, double[] slope, int all) {
    int bias = one.features().size();
    double probability = 1 / (1 + Math.exp(-weights[bias] - dot(weights, one.features())));
    double pull = (probability - (one.right() ? 1 : 0)) / all;
    add(slope, one.features(), pull);
    slope[bias] += pull;
  }

  private static double[] descend(int size, boolean[] used, double penalty, Slope of) {
    double[] weights = new double[size];
    double[] mean = new double[size];
    double[] square = new double[size];
    for (int step = 1; step <= STEPS; step++) {
      double[] slope = new double[size];
      of.add(weights, slope);
      for (int i = 0; i < size; i++) {
        boolean bias = i >= used.length;
        double pull = bias ? slope[i] : used[i] ? slope[i] + penalty * weights[i] : 0;
        mean[i] = 0.9 * mean[i] + 0.1 * pull;
        square[i] = 0.999 * square[i] + 0.001 * pull * pull;
        double pace = Math.sqrt(square[i] / (1 - Math.pow(0.999, step))) + 1e-9;
        weights[i] -= RATE * mean[i] / (1 - Math.pow(0.9, step)) / pace;
      }
    }
    return weights;
  }

  private static void add(double[] slope, List<Double> features, double by) {
    for (int i = 0; i < features.size(); i++) {
      slope[i] += by * features.get(i);
    }
  }

  private static double dot(double[] weights, List<Double> features) {
    double sum = 0;
    for (int i = 0; i < features.size(); i++) {
      sum += weights[i] * features.get(i);
    }
    return sum;
  }
}
