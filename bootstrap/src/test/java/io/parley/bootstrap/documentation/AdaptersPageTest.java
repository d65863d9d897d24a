package io.parley.bootstrap.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of adapters names tests that are there. */
class AdaptersPageTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|Contract|IT))\\.(\\w+)`");

  private static List<Path> sources() throws IOException {
    try (Stream<Path> all = Files.walk(ROOT)) {
      return all.filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("target"))
          .toList();
    }
  }

  private static boolean isThere(List<Path> sources, MatchResult named) throws IOException {
    for (Path file : sources) {
      if (file.endsWith(named.group(1) + ".java")) {
        return Files.readString(file).contains(" void " + named.group(2) + "(");
      }
    }
    return false;
  }

  @Test
  void everyTestThatIsNamedIsThere() throws IOException {
    List<Path> sources = sources();
    List<MatchResult> named =
        NAMED.matcher(Files.readString(ROOT.resolve("docs/adapters.md"))).results().toList();

    assertThat(named).hasSizeGreaterThan(40);
    for (MatchResult each : named) {
      assertThat(isThere(sources, each)).as(each.group()).isTrue();
    }
  }
}
