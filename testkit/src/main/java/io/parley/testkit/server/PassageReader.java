package io.parley.testkit.server;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What the server's chat models say: the sentences of the numbered passages in the prompt that
 * share the most words with the question, each with its marker; {@code NOT_FOUND} when none does;
 * and to a prompt without passages, its last line.
 */
final class PassageReader {
  private static final Pattern PASSAGE =
      Pattern.compile(
          "(?s)<passage number=\"(\\d+)\"[^>]*>\n(?:<context>.*?</context>\n)?(.*?)\n</passage>");
  private static final Pattern QUESTION = Pattern.compile("(?s)\nQuestion: (.*)$");
  private static final Pattern SENTENCE = Pattern.compile("(?s)\\S.*?(?:[.!?](?=\\s|$)|$)");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]{3,}");
  private static final Set<String> EMPTY =
      Set.of("the", "and", "who", "what", "when", "where", "which", "how", "does", "was", "are");
  private static final int SENTENCES = 2;

  private record Candidate(String text, String passage, int shared) {}

  private PassageReader() {}

  /** The answer in pieces: words with the blanks before them. */
  static List<String> answer(String prompt) {
    return pieces(answerTo(prompt));
  }

  private static String answerTo(String prompt) {
    List<MatchResult> passages = PASSAGE.matcher(prompt).results().toList();
    if (passages.isEmpty()) {
      return "You said: " + prompt.strip();
    }
    MatchResult question =
        QUESTION.matcher(prompt).results().findFirst().orElse(passages.getFirst());
    List<Candidate> best = best(passages, words(question.group(1)));
    StringBuilder answer = new StringBuilder();
    best.forEach(c ->
        answer
            .append(answer.isEmpty() ? "" : " ")
            .append(c.text())
            .append(" [")
            .append(c.passage())
            .append("]"));
    return answer.isEmpty() ? "NOT_FOUND" : answer.toString();
  }

  private static List<Candidate> best(List<MatchResult> passages, Set<String> question) {
    List<Candidate> candidates = new ArrayList<>();
    for (MatchResult passage : passages) {
      SENTENCE
          .matcher(passage.group(2))
          .results()
          .map(MatchResult::group)
          .map(s -> new Candidate(s, passage.group(1), shared(s, question)))
          .filter(c -> c.shared() > 0)
          .forEach(candidates::add);
    }
    int most = candidates.stream().mapToInt(Candidate::shared).max().orElse(0);
    return candidates.stream()
        .filter(c -> c.shared() * 2 > most)
        .sorted(Comparator.comparingInt(Candidate::shared).reversed())
        .limit(SENTENCES)
        .toList();
  }

  private static int shared(String sentence, Set<String> question) {
    Set<String> words = words(sentence);
    words.retainAll(question);
    return words.size();
  }

  private static Set<String> words(String text) {
    Set<String> words = new HashSet<>();
    WORD.matcher(text.toLowerCase(Locale.ROOT)).results().forEach(m -> words.add(m.group()));
    words.removeAll(EMPTY);
    return words;
  }

  /** Words with the blanks before them. */
  static List<String> pieces(String text) {
    return Pattern.compile("\\s*\\S+").matcher(text).results().map(MatchResult::group).toList();
  }
}
