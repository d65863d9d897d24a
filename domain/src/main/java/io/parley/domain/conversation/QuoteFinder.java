package io.parley.domain.conversation;

import io.parley.domain.document.TextSpan;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds the words of a passage that support a claim. The support of a sentence is the share of the
 * claim's words that it holds, long words and numbers counting more; a claim's number that stands
 * nowhere in the sentence halves it.
 */
public final class QuoteFinder {

  /** Least support of a quote that is sent. */
  public static final double THRESHOLD = 0.5;

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}'’\\-]*");
  private static final Pattern DIGIT = Pattern.compile(".*\\p{N}.*");

  /** Words that support nothing; a claim of nothing else supports nothing. */
  private static final Set<String> STOP =
      Set.of(
          "a an the and or but of to in on at by for with from as is are was were be been it its this that these those he she they his her their there which who what when where how not no do does did has have had will would can could may"
              .split(" "));

  private QuoteFinder() {}

  /** A supporting sentence. */
  public record Quote(TextSpan span, double support) {}

  /**
   * The sentence of the passage, or two neighbours, that supports the claim best; empty when none
   * reaches the threshold.
   */
  public static Optional<Quote> find(String claim, String passage) {
    Set<String> wanted = words(claim);
    if (wanted.isEmpty()) {
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

  private static Optional<Quote> best(List<TextSpan> spans, Set<String> wanted, String passage) {
    return spans.stream()
        .map(s -> new Quote(s, support(wanted, words(s.of(passage)))))
        .max(Comparator.comparingDouble(Quote::support));
  }

  private static double support(Set<String> wanted, Set<String> there) {
    double all = 0;
    double held = 0;
    boolean numbersHeld = true;
    for (String word : wanted) {
      double weight = weight(word);
      all += weight;
      if (there.contains(word)) {
        held += weight;
      } else if (DIGIT.matcher(word).matches()) {
        numbersHeld = false;
      }
    }
    double share = held / all;
    return numbersHeld ? share : share / 2;
  }

  private static double weight(String word) {
    return DIGIT.matcher(word).matches() ? 3 : Math.min(3, Math.sqrt(word.length()));
  }

  private static Set<String> words(String text) {
    return WORD.matcher(text)
        .results()
        .map(MatchResult::group)
        .map(w -> w.toLowerCase(Locale.ROOT))
        .filter(w -> !STOP.contains(w))
        .map(QuoteFinder::stem)
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** Lets singular and plural, and the commonest English endings, meet. */
  private static String stem(String word) {
    if (word.length() > 4 && word.endsWith("s") && !word.endsWith("ss")) {
      return word.substring(0, word.length() - 1);
    }
    return word;
  }
}
