package io.parley.bootstrap.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitecturePageTest {
  private static final Pattern DEPENDENCY =
      Pattern.compile(
          "<dependency>\\s*<groupId>io\\.parley</groupId>\\s*<artifactId>parley-([a-z-]+)</artifactId>\\s*(<scope>test</scope>)?");

  @Test
  void thePictureShowsTheModulesAndTheirArrows() throws IOException {
    GeneratedText.requirePart("docs/architecture.md", picture(GeneratedText.ROOT));
  }

  @Test
  void aNewArrowChangesThePicture() {
    String pom =
        "<dependency><groupId>io.parley</groupId><artifactId>parley-adapters-web</artifactId></dependency>";
    assertThat(arrows("domain", pom).toList()).containsExactly("  domain --> adapters-web\n");
  }

  private static String picture(Path root) throws IOException {
    StringBuilder picture = new StringBuilder("```mermaid\nflowchart TD\n");
    for (Path module : modules(root)) {
      String name = module.getFileName().toString();
      picture.append("  ").append(name).append("\n");
      arrows(name, Files.readString(module.resolve("pom.xml"))).forEach(picture::append);
    }
    return picture.append("```\n").toString();
  }

  private static List<Path> modules(Path root) throws IOException {
    try (Stream<Path> folders = Files.list(root)) {
      return folders.filter(f -> Files.exists(f.resolve("pom.xml"))).sorted().toList();
    }
  }

  private static Stream<String> arrows(String module, String pom) {
    TreeSet<String> targets = new TreeSet<>();
    DEPENDENCY
        .matcher(pom)
        .results()
        .filter(r -> r.group(2) == null)
        .map((MatchResult r) -> r.group(1))
        .forEach(targets::add);
    return targets.stream().map(t -> "  " + module + " --> " + t + "\n");
  }
}
