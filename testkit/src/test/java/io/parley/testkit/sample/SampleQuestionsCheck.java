package io.parley.testkit.sample;

import io.parley.testkit.sample.SampleQuestions.Answerable;
import io.parley.testkit.sample.SampleQuestions.Unanswerable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says in which points a set of questions is not true of the documents; nothing said means it is.
 */
final class SampleQuestionsCheck {

  private static final int NEIGHBOURHOOD = 200;
  private static final double SHARED_BY_A_PARAPHRASE = 0.34;
  private static final int STEM = 5;
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]{3,}");
  private static final Set<String> EMPTY_WORDS =
      Set.of(
          "and", "any", "are", "can", "could", "did", "does", "for", "from", "get", "has", "have",
          "her", "his", "how", "into", "its", "long", "many", "may", "much", "not", "off", "over",
          "she", "should", "that", "the", "them", "they", "was", "were", "what", "when", "where",
          "which", "who", "why", "will", "with", "would");

  private final Map<String, SampleText> texts;

  SampleQuestionsCheck(List<SampleText> texts) {
    this.texts = texts.stream().collect(Collectors.toMap(SampleText::document, text -> text));
  }

  List<String> faults(Answerable question) {
    var text = Objects.requireNonNull(texts.get(question.document()), question.document());
    var faults = new ArrayList<String>();
    var paged = question.document().endsWith(".pdf");
    if (paged != (question.page() != null)) {
      faults.add("a page is named for PDFs, and only for them");
      return faults;
    }
    var page = question.page() == null ? text.whole() : text.pages().get(question.page() - 1);
    question.answerContains().stream()
        .filter(words -> !page.contains(SampleText.normalised(words)))
        .forEach(words -> faults.add("'" + words + "' is not on page " + question.page()));
    others(question.document())
        .filter(other ->
            question.answerContains().stream().allMatch(other::has)
                || holdsAllWords(other, question))
        .forEach(other -> faults.add(other.document() + " would answer it too"));
    if (faults.isEmpty() && question.kind().equals("paraphrase")) {
      paraphraseFault(question, page).forEach(faults::add);
    }
    if (faults.isEmpty() && question.kind().equals("name_or_number")) {
      nameFault(question, text).forEach(faults::add);
    }
    return faults;
  }

  List<String> faults(Unanswerable question) {
    var absent = question.absent();
    if (question.kind().equals("off_topic") == (absent != null)) {
      return List.of("near misses, and only they, name what is absent");
    }
    return Stream.ofNullable(absent)
        .flatMap(List::stream)
        .flatMap(words ->
            texts.values().stream()
                .filter(text -> text.has(words))
                .map(text -> "'" + words + "' stands in " + text.document()))
        .toList();
  }

  private Stream<SampleText> others(String document) {
    return texts.values().stream().filter(text -> !text.document().equals(document));
  }

  private static boolean holdsAllWords(SampleText other, Answerable question) {
    var words = contentWords(question.question());
    return words.size() > 2
        && other.pages().stream().anyMatch(page -> stems(page).containsAll(stemsOf(words)));
  }

  private static Stream<String> paraphraseFault(Answerable question, String page) {
    var at = page.indexOf(SampleText.normalised(question.answerContains().getFirst()));
    var near =
        page.substring(
            Math.max(0, at - NEIGHBOURHOOD), Math.min(page.length(), at + NEIGHBOURHOOD));
    var stems = stemsOf(contentWords(question.question()));
    var shared = stems.stream().filter(stems(near)::contains).toList();
    return shared.size() > SHARED_BY_A_PARAPHRASE * stems.size()
        ? Stream.of("shares " + shared + " of " + stems + " with its source")
        : Stream.empty();
  }

  /** Some name or number of the question has to be in its document and in no other. */
  private Stream<String> nameFault(Answerable question, SampleText text) {
    var own =
        Pattern.compile(" ")
            .splitAsStream(question.question())
            .skip(1)
            .map(word -> word.replaceAll("('s)?[?,.]*$", ""))
            .filter(word -> word.matches(".*[\\p{Lu}\\p{N}].*"))
            .anyMatch(word ->
                text.has(word) && others(question.document()).noneMatch(other -> other.has(word)));
    return own ? Stream.empty() : Stream.of("no name or number in it is its document's own");
  }

  private static Set<String> contentWords(String text) {
    return WORD.matcher(text.toLowerCase(Locale.ROOT))
        .results()
        .map(match -> match.group())
        .filter(word -> !EMPTY_WORDS.contains(word))
        .collect(Collectors.toSet());
  }

  private static Set<String> stems(String text) {
    return stemsOf(contentWords(text));
  }

  private static Set<String> stemsOf(Set<String> words) {
    return words.stream()
        .map(word -> word.substring(0, Math.min(STEM, word.length())))
        .collect(Collectors.toSet());
  }
}
