package io.parley.bootstrap.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinksTest {
  private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(?:#[^)]*)?\\)");

  @Test
  void everyPageLinksToWhatIsThere() throws IOException {
    List<Path> pages = new ArrayList<>(pagesIn(GeneratedText.ROOT, 1));
    pages.addAll(pagesIn(GeneratedText.ROOT.resolve("docs"), 2));
    assertThat(pages).hasSizeGreaterThan(10);
    for (Path page : pages) {
      assertThat(broken(page)).as(page.toString()).isEmpty();
    }
  }

  @Test
  void aBrokenLinkIsNoticed(@TempDir Path directory) throws IOException {
    Path page = directory.resolve("page.md");
    Files.writeString(page, "[a](page.md) [b](gone.md#there) [c](https://example.com)");
    assertThat(broken(page)).containsExactly("gone.md");
  }

  private static List<Path> pagesIn(Path directory, int depth) throws IOException {
    try (Stream<Path> found = Files.walk(directory, depth)) {
      return found.filter(f -> f.toString().endsWith(".md")).sorted().toList();
    }
  }

  private static List<String> broken(Path page) throws IOException {
    return LINK.matcher(Files.readString(page))
        .results()
        .map((MatchResult r) -> r.group(1))
        .filter(target -> !target.contains("://") && !target.startsWith("mailto:"))
        .filter(target -> !Files.exists(page.resolveSibling(target)))
        .toList();
  }
}
