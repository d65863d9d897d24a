package io.parley.testkit.sample;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.sample.SampleQuestions.Answerable;
import io.parley.testkit.sample.SampleQuestions.Unanswerable;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SampleQuestionsTest {

  private static List<SampleText> texts = List.of();
  private static SampleQuestions questions = new SampleQuestions(List.of(), List.of());

  @BeforeAll
  static void read() throws IOException, URISyntaxException {
    var json = SampleQuestions.class.getResource("/io/parley/testkit/sample/questions.json");
    var file = Path.of(Objects.requireNonNull(json).toURI());
    questions = SampleQuestions.read(file);
    texts = readTexts(file.getParent());
  }

  @Test
  void everyAnswerStandsOnThePageNamedAndInOneDocumentOnly() {
    assertThat(faults(questions.answerable(), check()::faults, Answerable::question)).isEmpty();
  }

  @Test
  void nothingThatANearMissAsksForStandsInAnyDocument() {
    assertThat(faults(questions.unanswerable(), check()::faults, Unanswerable::question)).isEmpty();
  }

  @Test
  void everyKindIsThereInNumbersThatCanBeMeasured() {
    var kinds =
        Stream.concat(
                questions.answerable().stream().map(Answerable::kind),
                questions.unanswerable().stream().map(Unanswerable::kind))
            .collect(groupingBy(kind -> kind, counting()));

    assertThat(kinds)
        .containsOnlyKeys("fact", "name_or_number", "paraphrase", "off_topic", "near_miss");
    assertThat(kinds.get("fact") + kinds.get("name_or_number") + kinds.get("paraphrase"))
        .isGreaterThanOrEqualTo(50);
    assertThat(kinds.get("name_or_number")).isGreaterThanOrEqualTo(12);
    assertThat(kinds.get("paraphrase")).isGreaterThanOrEqualTo(15);
    assertThat(kinds.get("off_topic")).isGreaterThanOrEqualTo(25).isEqualTo(kinds.get("near_miss"));
  }

  @Test
  void everyKindIsSplitEvenlyIntoTuneAndTest() {
    var splits = new LinkedHashMap<String, List<String>>();
    questions
        .answerable()
        .forEach(
            one -> splits.computeIfAbsent(one.kind(), kind -> new ArrayList<>()).add(one.split()));
    questions
        .unanswerable()
        .forEach(
            one -> splits.computeIfAbsent(one.kind(), kind -> new ArrayList<>()).add(one.split()));

    assertThat(splits.values())
        .allSatisfy(list -> {
          var tuned = list.stream().filter("tune"::equals).count();
          assertThat(list).containsOnly("tune", "test");
          assertThat(Math.abs(2 * tuned - list.size())).isLessThanOrEqualTo(1);
        });
  }

  @Test
  void everyDocumentIsAskedAboutAndTheLongOneFromItsFirstToItsLastPages() {
    var asked =
        questions.answerable().stream().collect(groupingBy(Answerable::document, counting()));
    var pages =
        questions.answerable().stream()
            .filter(one -> one.document().equals("brackwater-ferries-handbook.pdf"))
            .map(one -> Objects.requireNonNull(one.page()))
            .toList();

    assertThat(asked)
        .hasSize(texts.size())
        .allSatisfy((document, count) -> assertThat(count).isGreaterThanOrEqualTo(5));
    assertThat(pages)
        .anyMatch(page -> page <= 10)
        .anyMatch(page -> page > 25 && page <= 40)
        .anyMatch(page -> page > 55);
  }

  @Test
  void aWrongPageIsFound() {
    var right = firstOf("paraphrase", "brackwater-ferries-handbook.pdf");
    var wrong = right.onPage(Objects.requireNonNull(right.page()) + 1);

    assertThat(check().faults(wrong)).singleElement().asString().contains("is not on page");
  }

  @Test
  void everyQuestionOfAPdfFailsOnTheNextPage() {
    var pages =
        texts.stream().collect(Collectors.toMap(SampleText::document, text -> text.pages().size()));
    var moved =
        questions.answerable().stream()
            .filter(one -> one.page() != null)
            .map(one ->
                one.onPage(Objects.requireNonNull(one.page()) % pages.get(one.document()) + 1))
            .toList();

    assertThat(moved).allSatisfy(one -> assertThat(check().faults(one)).isNotEmpty());
  }

  @Test
  void aPageForAnUnpagedDocumentIsFound() {
    assertThat(check().faults(firstOf("fact", "miller-lane-sourdough.md").onPage(1))).isNotEmpty();
  }

  @Test
  void aParaphraseThatCopiesItsSourceIsFound() {
    var copy =
        firstOf("paraphrase", "solene-2-trial-summary.pdf")
            .asking("Is it true that nobody died and both recovered fully?");

    assertThat(check().faults(copy)).singleElement().asString().contains("shares");
  }

  @Test
  void anAnswerThatAnotherDocumentGivesTooIsFound() {
    var vague =
        new Answerable(
            "What is said of the table?",
            "vellmoor-water-report.docx",
            null,
            List.of("water"),
            "fact",
            "tune");

    assertThat(check().faults(vague)).anyMatch(fault -> fault.contains("would answer it too"));
  }

  @Test
  void aNameThatIsEverywhereIsFound() {
    var common =
        firstOf("name_or_number", "heatherdown-bee-yearbook.txt").asking("Who won in May?");

    assertThat(check().faults(common)).singleElement().asString().contains("no name or number");
  }

  @Test
  void aNearMissThatADocumentAnswersIsFound() {
    var answered =
        new Unanswerable("What is KX-4471-B?", "near_miss", null, List.of("KX-4471-B"), "tune");

    assertThat(check().faults(answered)).singleElement().asString().contains("halloran");
  }

  private static SampleQuestionsCheck check() {
    return new SampleQuestionsCheck(texts);
  }

  private static Answerable firstOf(String kind, String document) {
    return questions.answerable().stream()
        .filter(one -> one.kind().equals(kind) && one.document().equals(document))
        .findFirst()
        .orElseThrow();
  }

  private static <Q> Map<String, List<String>> faults(
      List<Q> all, Function<Q, List<String>> check, Function<Q, String> name) {
    var faults = new LinkedHashMap<String, List<String>>();
    for (var one : all) {
      var found = check.apply(one);
      if (!found.isEmpty()) {
        faults.put(name.apply(one), found);
      }
    }
    return faults;
  }

  static List<SampleText> readTexts(Path folder) throws IOException {
    var read = new ArrayList<SampleText>();
    try (var files = Files.list(folder)) {
      for (var file :
          files
              .sorted()
              .filter(one -> one.toString().matches(".*\\.(pdf|docx|md|html|txt)"))
              .toList()) {
        read.add(SampleText.of(file));
      }
    }
    return read;
  }
}
