package io.parley.adapter.ai.extractive;

import io.parley.adapter.ai.extractive.SentenceChooser.Judged;
import io.parley.adapter.ai.local.OnnxEmbedder;
import io.parley.adapter.ai.local.OnnxEmbedderConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Fits {@link Weights} to questions with their passages, and prints them with what they achieve on
 * questions that were left out of the fit: eight folds, for a choice of thresholds. docs/quality.md
 * has the commands.
 */
final class FitWeights {
  private static final int FOLDS = 8;
  private static final int GIVEN = 3;
  private static final double[] TOPIC = {0.6, 0.65, 0.7, 0.75, 0.8, 0.85};
  private static final double[] ANSWER = {0.3, 0.35, 0.4, 0.45, 0.48, 0.5, 0.55};
  private static final double RANKING_PENALTY = 0.02;
  private static final double TOPIC_PENALTY = 0.002;
  private static final double ANSWERING_PENALTY = 0.002;

  private static final boolean[] RANKS =
      used(
          Stream.concat(Evidence.FEATURES.stream(), Stream.of("meant", "meantAround"))
              .collect(Collectors.toSet()));
  private static final boolean[] TELLS_TOPIC =
      used(
          Set.of(
              "nearestPassage",
              "passageMargin",
              "nearestSentence",
              "threeNearestSentences",
              "sentenceMargin",
              "namesCovered",
              "leastMeantAround"));
  private static final boolean[] TELLS_ANSWER =
      used(
          Set.of(
              "cosine",
              "covered",
              "coveredNear",
              "coveredAround",
              "namesMissing",
              "identifierMissing",
              "expectedMissing",
              "topicUnknown",
              "topicCovered",
              "expectedTimesTopic",
              "passageScore",
              "passageMargin",
              "passagePlace",
              "priceMissing",
              "countMissing",
              "meantAround",
              "topicMeant",
              "topicMeantAround",
              "leastMeantAround"));

  private FitWeights() {}

  private record Example(FittingQuestion asked, List<Judged> sentences) {
    boolean given(Weights weights) {
      Judged best = best(weights).getFirst();
      return weights.onTopic(best.features()) >= weights.topicThreshold()
          && weights.answers(best.features()) >= weights.threshold();
    }

    /** As many as are given at most. */
    List<Judged> best(Weights weights) {
      List<Judged> sorted =
          sentences.stream()
              .sorted(Comparator.comparingDouble((Judged j) -> -weights.score(j.features())))
              .toList();
      double least = weights.score(sorted.getFirst().features()) - weights.behind();
      return sorted.stream()
          .limit(GIVEN)
          .filter(j -> weights.score(j.features()) >= least)
          .toList();
    }

    boolean right(Weights weights) {
      return best(weights).stream().anyMatch(j -> asked.placed(j.candidate()));
    }
  }

  public static void main(String[] arguments) throws IOException {
    List<Example> examples = new ArrayList<>();
    try (OnnxEmbedder embedder = OnnxEmbedder.open(OnnxEmbedderConfig.standard())) {
      SentenceChooser chooser = new SentenceChooser(embedder, embedder.forAnswers(), Weights.NONE);
      for (FittingQuestion asked : FittingQuestion.read(Path.of(arguments[0]))) {
        examples.add(new Example(asked, chooser.judge(asked.text(), asked.passages())));
      }
    }
    examples.removeIf(example -> example.sentences().isEmpty());
    validate(examples);
    Weights all = fit(examples);
    print("ranking", all.ranking());
    print("topic", all.topic());
    print("topic bias", List.of(all.topicBias()));
    print("answering", all.answering());
    print("answering bias", List.of(all.bias()));
  }

  static Weights fit(List<Example> examples) {
    List<LinearFit.Choice> choices =
        examples.stream().map(FitWeights::choice).filter(FitWeights::hasRight).toList();
    Weights ranking = ranking(LinearFit.ranking(choices, RANKS, RANKING_PENALTY));
    List<LinearFit.Case> topic = new ArrayList<>();
    List<LinearFit.Case> answer = new ArrayList<>();
    for (Example example : examples) {
      List<Double> features = example.best(ranking).getFirst().features();
      boolean near = !example.asked().kind().equals("off_topic");
      topic.add(new LinearFit.Case(features, near));
      if (near) {
        answer.add(new LinearFit.Case(features, example.right(ranking)));
      }
    }
    double[] onTopic = LinearFit.logistic(topic, TELLS_TOPIC, TOPIC_PENALTY);
    double[] answers = LinearFit.logistic(answer, TELLS_ANSWER, ANSWERING_PENALTY);
    int bias = Weights.FEATURES.size();
    return new Weights(
        ranking.ranking(),
        features(onTopic),
        onTopic[bias],
        0,
        features(answers),
        answers[bias],
        0,
        ranking.behind());
  }

  private static LinearFit.Choice choice(Example example) {
    boolean[] right = new boolean[example.sentences().size()];
    for (int i = 0; i < right.length; i++) {
      right[i] = example.asked().told(example.sentences().get(i).candidate());
    }
    return new LinearFit.Choice(example.sentences().stream().map(Judged::features).toList(), right);
  }

  private static boolean hasRight(LinearFit.Choice choice) {
    for (boolean right : choice.right()) {
      if (right) {
        return true;
      }
    }
    return false;
  }

  private static Weights ranking(double[] weights) {
    Weights none = Weights.NONE;
    return new Weights(
        features(weights), none.topic(), 0, 0, none.answering(), 0, 0, none.behind());
  }

  /** Prints the share of each kind that is answered from the right page, or refused. */
  private static void validate(List<Example> examples) {
    List<Weights> folds = new ArrayList<>();
    for (int fold = 0; fold < FOLDS; fold++) {
      List<Example> others = new ArrayList<>();
      for (int i = 0; i < examples.size(); i++) {
        if (i % FOLDS != fold) {
          others.add(examples.get(i));
        }
      }
      folds.add(fit(others));
    }
    for (double topic : TOPIC) {
      for (double answer : ANSWER) {
        System.out.println(topic + " " + answer + rates(examples, folds, topic, answer));
      }
    }
  }

  private static String rates(
      List<Example> examples, List<Weights> folds, double topic, double answer) {
    StringBuilder line = new StringBuilder();
    for (String kind : examples.stream().map(e -> e.asked().kind()).distinct().sorted().toList()) {
      int good = 0;
      int all = 0;
      for (int i = 0; i < examples.size(); i++) {
        Example example = examples.get(i);
        if (example.asked().kind().equals(kind)) {
          Weights weights = folds.get(i % FOLDS).withThresholds(topic, answer);
          boolean given = example.given(weights);
          good += (example.asked().answerable() ? given && example.right(weights) : !given) ? 1 : 0;
          all++;
        }
      }
      line.append(String.format(Locale.ROOT, "  %s %.2f", kind, (double) good / all));
    }
    return line.toString();
  }

  private static boolean[] used(Set<String> names) {
    boolean[] used = new boolean[Weights.FEATURES.size()];
    for (int i = 0; i < used.length; i++) {
      used[i] = names.contains(Weights.FEATURES.get(i));
    }
    return used;
  }

  private static List<Double> features(double[] weights) {
    return Arrays.stream(weights).limit(Weights.FEATURES.size()).boxed().toList();
  }

  private static void print(String name, List<Double> weights) {
    System.out.println(name);
    System.out.println(
        String.join(
            ", ", weights.stream().map(w -> String.format(Locale.ROOT, "%.3f", w)).toList()));
  }
}
