package io.parley.adapter.ai.extractive;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * How well sentences mean what the words of one question mean: of each word of the question the
 * best cosine among the words of a sentence, all as they are meant in their places (MaxSim of
 * ColBERT: Khattab and Zaharia 2020). Unlike the cosine of whole sentences it shows the one word
 * that is missing, and unlike {@link Evidence} it knows other words for the same.
 */
final class LateInteraction {
  /** What {@link #features} holds, in its order; "around" is the best of the same passage. */
  static final List<String> FEATURES =
      List.of("meant", "meantAround", "topicMeant", "topicMeantAround", "leastMeantAround");

  /** From this cosine on a word counts as there, where its rarity is told. */
  private static final double THERE = 0.6;

  private static final Pattern APART = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

  private final List<Candidate> candidates;
  private final double[][] best;
  private final double[] weights;
  private final boolean[] topic;

  /**
   * @param asked the question as it was read
   * @param told the candidates as they were read, in their order
   */
  LateInteraction(
      Question question, ReadText asked, List<Candidate> candidates, List<ReadText> told) {
    this.candidates = candidates;
    List<ReadText.Word> wanted = only(asked.words(), parts(question.words()));
    this.best = told.stream().map(sentence -> best(wanted, sentence)).toArray(double[][]::new);
    this.weights = IntStream.range(0, wanted.size()).mapToDouble(this::rarity).toArray();
    Set<String> names = parts(question.names());
    this.topic = new boolean[wanted.size()];
    for (int i = 0; i < topic.length; i++) {
      topic[i] = !names.contains(wanted.get(i).text());
    }
  }

  private static Set<String> parts(Set<String> words) {
    Set<String> parts = new HashSet<>();
    words.forEach(word -> parts.addAll(Arrays.asList(APART.split(word, -1))));
    return parts;
  }

  /** Those words, or all if there is none of them. */
  private static List<ReadText.Word> only(List<ReadText.Word> words, Set<String> wanted) {
    List<ReadText.Word> only = words.stream().filter(w -> wanted.contains(w.text())).toList();
    return only.isEmpty() ? words : only;
  }

  private static double[] best(List<ReadText.Word> wanted, ReadText sentence) {
    List<ReadText.Word> spoken =
        sentence.words().stream()
            .filter(w -> Character.isLetterOrDigit(w.text().codePointAt(0)))
            .toList();
    List<ReadText.Word> there = spoken.isEmpty() ? sentence.words() : spoken;
    return wanted.stream()
        .mapToDouble(word -> there.stream().mapToDouble(word::cosine).max().orElse(0))
        .toArray();
  }

  private double rarity(int word) {
    long within = Arrays.stream(best).filter(cosines -> cosines[word] > THERE).count();
    return Evidence.rarity(best.length, within);
  }

  /** What is known of a sentence beside the others, each about 0–1. */
  List<Double> features(int sentence) {
    double[] here = best[sentence];
    double[] around = around(candidates.get(sentence).passage());
    return List.of(
        mean(here, _ -> true),
        mean(around, _ -> true),
        mean(here, word -> topic[word]),
        mean(around, word -> topic[word]),
        Arrays.stream(around).min().orElse(0));
  }

  private double[] around(int passage) {
    double[] most = new double[weights.length];
    Arrays.fill(most, -1);
    for (int i = 0; i < best.length; i++) {
      if (candidates.get(i).passage() == passage) {
        for (int word = 0; word < most.length; word++) {
          most[word] = Math.max(most[word], best[i][word]);
        }
      }
    }
    return most;
  }

  /** The mean by rarity; of no word at all the best of the others. */
  private double mean(double[] cosines, IntPredicate of) {
    double sum = 0;
    double all = 0;
    for (int word = 0; word < cosines.length; word++) {
      if (of.test(word)) {
        sum += weights[word] * cosines[word];
        all += weights[word];
      }
    }
    return all == 0 ? Arrays.stream(cosines).max().orElse(0) : sum / all;
  }
}
