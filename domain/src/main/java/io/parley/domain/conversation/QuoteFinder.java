package io.parley.domain.conversation;

import io.parley.domain.document.TextSpan;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Finds the words of a passage that support a claim. The support of a sentence is the share of the
 * claim's words that it holds, long words and numbers counting more. A claim's number that stands
 * nowhere in the sentence, and a sentence that denies what the claim affirms or the other way
 * round, put it below the threshold.
 */
public final class QuoteFinder {

  /** Least support of a quote that is sent. */
  public static final double THRESHOLD = 0.5;

  /** What is left of the support of a sentence that contradicts. */
  private static final double CONTRADICTED = 0.49;

  private QuoteFinder() {}

  /** A supporting sentence. */
  public record Quote(TextSpan span, double support) {}

  /** A claim, taken apart once. */
  private record Claim(Set<String> words, boolean denies) {}

  /**
   * The sentence of the passage, or two neighbours, that supports the claim best; empty when none
   * reaches the threshold.
   */
  public static Optional<Quote> find(String claim, String passage) {
    Claim wanted = new Claim(ClaimWords.of(claim), Negation.in(claim));
    if (wanted.words().isEmpty()) {
      return Optional.empty();
    }
    List<TextSpan> sentences = Sentences.of(passage);
    Optional<Quote> single = best(sentences, wanted, passage);
    if (single.isPresent() && single.get().support() >= THRESHOLD) {
      return single;
    }
    return best(pairs(sentences), wanted, passage).filter(q -> q.support() >= THRESHOLD);
  }

  private static List<TextSpan> pairs(List<TextSpan> sentences) {
    return IntStream.range(1, sentences.size())
        .mapToObj(i -> new TextSpan(sentences.get(i - 1).start(), sentences.get(i).end()))
        .toList();
  }

  private static Optional<Quote> best(List<TextSpan> spans, Claim wanted, String passage) {
    return spans.stream()
        .map(s -> new Quote(s, support(wanted, s.of(passage))))
        .max(Comparator.comparingDouble(Quote::support));
  }

  private static double support(Claim claim, String sentence) {
    Set<String> there = ClaimWords.of(sentence);
    double share = held(claim.words(), there) / held(claim.words(), claim.words());
    boolean contradicted =
        lacksANumber(claim.words(), there) || (share > 0 && denies(claim, sentence));
    return contradicted ? share * CONTRADICTED : share;
  }

  private static double held(Set<String> wanted, Set<String> there) {
    return wanted.stream().filter(there::contains).mapToDouble(QuoteFinder::weight).sum();
  }

  private static boolean lacksANumber(Set<String> wanted, Set<String> there) {
    return wanted.stream().anyMatch(w -> ClaimWords.isNumber(w) && !there.contains(w));
  }

  /** Only the part of the sentence that the claim is about can deny what the claim affirms. */
  private static boolean denies(Claim claim, String sentence) {
    if (claim.denies() || !Negation.in(sentence)) {
      return claim.denies() != Negation.in(sentence);
    }
    return Negation.clauses(sentence).stream()
        .max(Comparator.comparingDouble(clause -> held(claim.words(), ClaimWords.of(clause))))
        .map(Negation::in)
        .orElse(true);
  }

  private static double weight(String word) {
    return ClaimWords.isNumber(word) ? 3 : Math.min(3, Math.sqrt(word.length()));
  }
}
