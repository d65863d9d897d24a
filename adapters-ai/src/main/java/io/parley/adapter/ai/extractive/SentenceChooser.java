package io.parley.adapter.ai.extractive;

import io.parley.domain.conversation.Passage;
import io.parley.domain.port.ai.Embedder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Judges the sentences of the passages and picks those that answer. */
final class SentenceChooser {
  private static final int EMBEDDED = 30;
  private static final int MOST = 3;

  private final Embedder questions;
  private final TextReader sentences;
  private final Weights weights;

  SentenceChooser(Embedder questions, TextReader sentences, Weights weights) {
    this.questions = questions;
    this.sentences = sentences;
    this.weights = weights;
  }

  /** A sentence, what is known of it, and how it compares with the others. */
  record Judged(Candidate candidate, List<Double> features, double score) {}

  /** The best first and the others in the order of the documents; empty when none answers. */
  List<Candidate> choose(String question, List<Passage> passages) {
    List<Judged> judged = judge(question, passages);
    if (judged.isEmpty() || !answers(judged.getFirst())) {
      return List.of();
    }
    double least = judged.getFirst().score() - weights.behind();
    List<Candidate> chosen = new ArrayList<>();
    chosen.add(judged.getFirst().candidate());
    judged.stream()
        .skip(1)
        .limit(MOST - 1L)
        .filter(j -> j.score() >= least)
        .map(Judged::candidate)
        .sorted(Comparator.comparingInt(Candidate::order))
        .forEach(chosen::add);
    return chosen;
  }

  private boolean answers(Judged best) {
    return weights.onTopic(best.features()) >= weights.topicThreshold()
        && weights.answers(best.features()) >= weights.threshold();
  }

  /** The sentences that are worth a look, the best first. */
  List<Judged> judge(String text, List<Passage> passages) {
    List<Candidate> all = Candidate.of(passages);
    if (all.isEmpty() || text.isBlank()) {
      return List.of();
    }
    Question question = Question.of(text);
    Evidence evidence = new Evidence(question, all);
    List<Candidate> likely = likely(all, evidence);
    float[] asked = questions.embedQuery(text);
    Map<Integer, Double> near = passageCosines(asked, passages);
    List<ReadText> read = sentences.read(withQuestion(text, likely));
    List<ReadText> sentencesRead = read.subList(1, read.size());
    List<Double> told = cosines(asked, sentencesRead);
    List<Double> nearness = Nearness.of(near.values(), told).features();
    LateInteraction interaction =
        new LateInteraction(question, read.getFirst(), likely, sentencesRead);
    List<Judged> judged = new ArrayList<>();
    for (int i = 0; i < likely.size(); i++) {
      Candidate candidate = likely.get(i);
      List<Double> features = new ArrayList<>();
      features.addAll(
          evidence.features(
              candidate, told.get(i), Objects.requireNonNull(near.get(candidate.passage()))));
      features.addAll(nearness);
      features.addAll(interaction.features(i));
      judged.add(new Judged(candidate, List.copyOf(features), weights.score(features)));
    }
    judged.sort(
        Comparator.comparingDouble(Judged::score)
            .reversed()
            .thenComparingInt(j -> j.candidate().order()));
    return judged;
  }

  /** By passage number. Those that the search found by words alone are embedded here. */
  private Map<Integer, Double> passageCosines(float[] asked, List<Passage> passages) {
    Map<Integer, Double> cosines = new HashMap<>();
    List<Passage> unknown = new ArrayList<>();
    for (Passage passage : passages) {
      Double cosine = passage.hit().cosine();
      if (cosine == null) {
        unknown.add(passage);
      } else {
        cosines.put(passage.number(), cosine);
      }
    }
    List<Double> embedded =
        unknown.isEmpty()
            ? List.of()
            : cosines(
                asked,
                sentences.read(
                    unknown.stream().map(p -> p.hit().found().chunk().embeddingText()).toList()));
    for (int i = 0; i < unknown.size(); i++) {
      cosines.put(unknown.get(i).number(), embedded.get(i));
    }
    return cosines;
  }

  /**
   * Reading is what costs time: only sentences of good passages, or with the question's words, get
   * it.
   */
  private static List<Candidate> likely(List<Candidate> all, Evidence evidence) {
    return all.stream()
        .sorted(
            Comparator.comparingDouble((Candidate c) -> evidence.covered(c) + c.passageScore())
                .reversed()
                .thenComparingInt(Candidate::order))
        .limit(EMBEDDED)
        .toList();
  }

  private static List<String> withQuestion(String text, List<Candidate> likely) {
    return Stream.concat(Stream.of(text), likely.stream().map(Candidate::text)).toList();
  }

  private static List<Double> cosines(float[] asked, List<ReadText> told) {
    return told.stream().map(text -> text.cosine(asked)).toList();
  }
}
