package io.parley.bootstrap.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.bootstrap.command.ParleyCommand;
import io.parley.bootstrap.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ReadmeTest {
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern REGION =
      Pattern.compile("// begin of the snippet\n(.*?)\n *// end of the snippet", Pattern.DOTALL);
  private static final Pattern SETTING_ROW =
      Pattern.compile("^\\| (`[A-Z_`, ]+) \\| ([^|]*) \\|", Pattern.MULTILINE);
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final Pattern COMMAND = Pattern.compile("\\./parley +([a-z][a-z-]*)");
  private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");
  private static final Set<String> LAUNCHER = Set.of("test", "build");

  @Test
  void theProgramIsTheExampleThatIsRun() throws IOException {
    assertThat(blocks(readme()).getFirst()).isEqualTo(example());
  }

  @Test
  void theSwapIsTheOneThatIsRun() throws IOException {
    assertThat(swapTest()).contains(blocks(readme()).get(1).strip());
  }

  @Test
  void theSettingsExistWithTheseDefaults() throws IOException {
    assertThat(wrongSettings(readme())).isEmpty();
  }

  @Test
  void theCommandsExist() throws IOException {
    assertThat(unknownCommands(readme())).isEmpty();
  }

  @Test
  void theVersionIsThatOfTheBuild() throws IOException {
    assertThat(versions(readme())).containsOnly(version());
  }

  @Test
  void noMarkIsLeftOpen() throws IOException {
    assertThat(readme()).doesNotContain("@@");
  }

  @Test
  void nothingIsOfOneMachineOnly() throws IOException {
    assertThat(readme())
        .doesNotContainPattern("[ \"'(](/home/|/root|/work|/tmp/|/Users/|/usr/lib)");
  }

  @Test
  void damageIsNoticed() throws IOException {
    String readme = readme();
    assertThat(blocks(readme.replace("LocalModels", "RemoteModels")).getFirst())
        .isNotEqualTo(example());
    assertThat(swapTest())
        .doesNotContain(blocks(readme.replace(".chatModel(", ".model(")).get(1).strip());
    assertThat(wrongSettings(readme.replace("`API_PORT`", "`API_DOOR`")))
        .containsExactly("API_DOOR");
    assertThat(wrongSettings(readme.replace("`8000`", "`8001`"))).containsExactly("API_PORT");
    assertThat(unknownCommands(readme + "./parley fly")).containsExactly("fly");
    assertThat(versions(readme + "<version>9</version>")).contains("9");
  }

  private static String readme() throws IOException {
    return read("README.md");
  }

  private static String read(String file) throws IOException {
    return Files.readString(GeneratedText.ROOT.resolve(file));
  }

  private static List<String> blocks(String text) {
    return JAVA.matcher(text).results().map((MatchResult r) -> r.group(1)).toList();
  }

  private static String example() throws IOException {
    String source = read("examples/library/src/main/java/org/example/library/Lighthouse.java");
    return REGION
        .matcher(source)
        .results()
        .map((MatchResult r) -> r.group(1).stripIndent() + "\n")
        .findFirst()
        .orElseThrow();
  }

  private static String swapTest() throws IOException {
    return read("application/src/test/java/io/parley/application/SwapAdapterExampleTest.java");
  }

  private static List<String> wrongSettings(String text) {
    List<String> wrong = new ArrayList<>();
    SETTING_ROW.matcher(text).results().forEach(row -> wrong.addAll(wrongIn(row)));
    return wrong;
  }

  private static List<String> wrongIn(MatchResult row) {
    List<String> names = quoted(row.group(1));
    List<String> defaults = quoted(row.group(2));
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      Optional<Setting> setting =
          Arrays.stream(Setting.values()).filter(s -> s.name().equals(name)).findFirst();
      String standard = setting.map(Setting::standard).orElse("");
      boolean shown = standard.isEmpty() || i < defaults.size() && defaults.get(i).equals(standard);
      if (setting.isEmpty() || !shown) {
        wrong.add(name);
      }
    }
    return wrong;
  }

  private static List<String> quoted(String cell) {
    return QUOTED.matcher(cell).results().map((MatchResult r) -> r.group(1)).toList();
  }

  private static Set<String> unknownCommands(String text) {
    Set<String> known = new TreeSet<>(LAUNCHER);
    known.addAll(new CommandLine(new ParleyCommand()).getSubcommands().keySet());
    Set<String> named = new TreeSet<>();
    COMMAND.matcher(text).results().forEach(r -> named.add(r.group(1)));
    named.removeAll(known);
    return named;
  }

  private static List<String> versions(String text) {
    return VERSION.matcher(text).results().map((MatchResult r) -> r.group(1)).toList();
  }

  private static String version() throws IOException {
    return versions(read("pom.xml")).getFirst();
  }
}
