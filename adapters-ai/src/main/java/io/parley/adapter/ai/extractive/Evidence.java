package io.parley.adapter.ai.extractive;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How well the words of sentences meet those of one question. A word counts by how rare it is among
 * the sentences: ln(1 + (n - df + 0.5) / (df + 0.5)), as in BM25 (Robertson and Zaragoza 2009).
 */
final class Evidence {
  /** What {@link #features} holds, in its order; the rest of {@link Weights#FEATURES} follows. */
  static final List<String> FEATURES =
      List.of(
          "cosine",
          "covered",
          "coveredNear",
          "coveredAround",
          "namesMissing",
          "namesCovered",
          "expectedThere",
          "expectedMissing",
          "newsThere",
          "passageScore",
          "topicCovered",
          "topicCoveredNear",
          "topicUnknown",
          "identifierMissing",
          "expectedTimesTopic",
          "short",
          "passageCosine",
          "passagePlace",
          "priceMissing",
          "countMissing");

  private static final int SHORT = 5;
  private static final Pattern GAP = Pattern.compile("[\\s?!.,;]+");

  private final Question question;
  private final Map<String, Double> weights = new HashMap<>();
  private final double topicUnknown;

  Evidence(Question question, List<Candidate> candidates) {
    this.question = question;
    Set<String> anywhere = new HashSet<>();
    candidates.forEach(c -> anywhere.addAll(c.around()));
    for (String word : question.words()) {
      long within = candidates.stream().filter(c -> Words.anyAlike(word, c.words())).count();
      weights.put(word, rarity(candidates.size(), within));
    }
    this.topicUnknown = 1 - share(question.topic(), anywhere);
  }

  /** The weight of a word that is in so many of all sentences. */
  static double rarity(int all, long within) {
    return Math.log(1 + (all - within + 0.5) / (within + 0.5));
  }

  /** The share of the question's words, by weight, that the sentence itself holds, 0–1. */
  double covered(Candidate candidate) {
    return share(candidate.words());
  }

  /**
   * What is known of a sentence beside the others, each about 0–1.
   *
   * @param cosine of the question and the sentence
   * @param passageCosine of the question and the sentence's passage
   */
  List<Double> features(Candidate candidate, double cosine, double passageCosine) {
    double covered = covered(candidate);
    double topic = share(question.topic(), candidate.words());
    boolean expects = question.expected() != Expected.ANYTHING;
    boolean there = expects && givesNew(candidate);
    return List.of(
        cosine,
        covered,
        share(candidate.near()),
        share(candidate.around()),
        1 - namesIn(candidate.around()),
        question.names().isEmpty() ? 0.0 : namesIn(candidate.words()),
        there ? 1.0 : 0.0,
        expects && !there ? 1.0 : 0.0,
        newShare(candidate),
        candidate.passageScore(),
        topic,
        share(question.topic(), candidate.near()),
        topicUnknown,
        candidate.around().containsAll(question.identifiers()) ? 0.0 : 1.0,
        there ? topic : 0.0,
        candidate.words().size() < SHORT ? 1.0 : 0.0,
        passageCosine,
        1.0 / candidate.passage(),
        Amount.priceMissing(question, candidate.text()) ? 1.0 : 0.0,
        Amount.countMissing(question, candidate.text()) ? 1.0 : 0.0);
  }

  private double share(Set<String> words) {
    return share(question.words(), words);
  }

  /** The share of the wanted words, by weight, that are there; all of none. */
  private double share(Set<String> wanted, Set<String> there) {
    double held = 0;
    double all = 0;
    for (String word : wanted) {
      double weight = weights.getOrDefault(word, 0.0);
      all += weight;
      held += Words.anyAlike(word, there) ? weight : 0;
    }
    return all == 0 ? 1 : held / all;
  }

  private double namesIn(Set<String> words) {
    Set<String> names = question.names();
    if (names.isEmpty()) {
      return 1;
    }
    long held = names.stream().filter(n -> Words.anyAlike(n, words)).count();
    return (double) held / names.size();
  }

  /** Whether the sentence has what is asked for beside the question's own words. */
  private boolean givesNew(Candidate candidate) {
    String rest = candidate.text();
    for (String word : GAP.split(question.text(), -1)) {
      if (word.length() > 1 && (Words.hasDigit(word) || Character.isUpperCase(word.charAt(0)))) {
        rest = rest.replace(word, " ");
      }
    }
    return question.expected().in(rest);
  }

  private double newShare(Candidate candidate) {
    long told =
        candidate.words().stream().filter(w -> !Words.anyAlike(w, question.words())).count();
    return Math.min(1, told / 12.0);
  }
}
