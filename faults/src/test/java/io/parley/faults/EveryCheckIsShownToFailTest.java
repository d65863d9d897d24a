package io.parley.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every rule that is reported stands on the page with a test that breaks it and expects its words.
 */
class EveryCheckIsShownToFailTest {
  private static final Path PAGE = Path.of("..", "docs", "durability-checks.md");
  private static final Path MAIN = Path.of("src", "main", "java");
  private static final Path TEST = Path.of("src", "test", "java");

  /** Where the words of a rule stand in the sources. */
  private static final Pattern RULE =
      Pattern.compile(
          "(?:[vV]iolation|rules\\.put)\\(\\s*\"([^\"]+)\"|requireNone\\(\\s*\"[^\"]+\",\\s*\"([^\"]+)\"");

  /** Words that are handed on from where they are named. */
  private static final Pattern HANDED_ON =
      Pattern.compile("(?:\\b[vV]iolation|rules\\.put)\\((?!\\s*(?:String |Violation |new |\"))");

  private static final int PLACES_THAT_HAND_ON = 6;
  private static final Pattern ROW =
      Pattern.compile("^\\| ([^|]+) \\| `(\\w+)\\.(\\w+)` \\|$", Pattern.MULTILINE);

  private static Map<Path, String> sources(Path root) {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(file -> file.toString().endsWith(".java"))
          .collect(Collectors.toMap(file -> file, EveryCheckIsShownToFailTest::read));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> rules() {
    return sources(MAIN).values().stream()
        .flatMap(source -> RULE.matcher(source).results())
        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
        .map(EveryCheckIsShownToFailTest::words)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Without what leads over to a detail. */
  private static String words(String rule) {
    return rule.strip().replaceAll("[:.,]$", "");
  }

  private static Stream<MatchResult> rows() {
    return ROW.matcher(read(PAGE)).results();
  }

  @Test
  void thePageListsEveryRuleAndNoOther() {
    assertThat(rules()).hasSizeGreaterThan(50);
    assertThat(rows().map(row -> row.group(1)).toList())
        .containsExactlyInAnyOrderElementsOf(rules());
  }

  @Test
  void theTestThatThePageNamesExpectsTheWordsOfTheRule() {
    Map<String, String> tests = new TreeMap<>();
    sources(TEST)
        .forEach(
            (file, text) -> tests.put(file.getFileName().toString().replace(".java", ""), text));

    assertThat(rows())
        .isNotEmpty()
        .allSatisfy(row ->
            assertThat(method(tests.getOrDefault(row.group(2), ""), row.group(3)))
                .as(row.group())
                .contains(row.group(1)));
  }

  private static String method(String source, String name) {
    int begin = source.indexOf("  void " + name + "(");
    int end = source.indexOf("\n  }\n", begin);
    return begin < 0 ? "" : source.substring(begin, end).replaceAll("\"\\s*\\+ \"", "");
  }

  /** A place that names its rule in another way would not be seen here. */
  @Test
  void noRuleIsNamedWhereItIsNotLookedFor() {
    assertThat(
            sources(MAIN).values().stream().flatMap(source -> HANDED_ON.matcher(source).results()))
        .hasSize(PLACES_THAT_HAND_ON);
  }
}
