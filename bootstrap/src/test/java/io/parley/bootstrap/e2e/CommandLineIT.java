package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parley.bootstrap.command.ParleyCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The commands, as a shell runs them. */
class CommandLineIT {
  private static final String QUESTION = "Who is the keeper of the lighthouse of Skerry Point?";
  private static final String LIGHT =
      "The lighthouse of Skerry Point was built in 1871. Its keeper is Ada Brandt.";

  @TempDir private Path directory;
  private Installed installed;
  private Path folder;

  @BeforeEach
  void layOut() throws IOException {
    installed = Installed.in(directory.resolve("home"));
    folder = Files.createDirectories(directory.resolve("folder").resolve("deeper")).getParent();
    Files.writeString(folder.resolve("deeper").resolve("light.txt"), LIGHT);
  }

  private Finished run(String... arguments) {
    return Finished.run(installed, Map.of(), arguments);
  }

  private void requireNothingLeft() throws IOException {
    Postmaster.requireNoneBelow(installed.temporary());
    try (var left = Files.list(installed.temporary())) {
      assertThat(left.filter(f -> !isOfALibrary(f))).isEmpty();
    }
  }

  /** The runtime of the models leaves the empty directory that its library was loaded from. */
  private static boolean isOfALibrary(Path left) {
    String name = left.getFileName().toString();
    String[] inside = left.toFile().list();
    return name.startsWith("onnxruntime-java") && inside != null && inside.length == 0;
  }

  @Test
  void aQuestionIsAnsweredWithCitationsAndLeavesNothingBehind() throws IOException {
    Files.write(folder.resolve("solene.pdf"), Samples.read("solene-2-trial-summary.pdf"));
    Finished asked = run("ask", folder.toString(), "--question", QUESTION);
    assertThat(asked.status()).as(asked.err()).isZero();
    assertThat(asked.out()).contains("Ada Brandt").contains("[1]");
    assertThat(asked.out().lines().filter(line -> line.startsWith("[")))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).matches("\\[\\d+] light\\.txt, page 1: \".+\""))
        .anySatisfy(line -> assertThat(line).contains("Ada Brandt"));
    assertThat(asked.err()).as("progress away from a terminal").doesNotContain("\r", "\u001b");
    requireNothingLeft();
  }

  @Test
  void jsonIsAllThatIsPrintedAndAFileThatCannotBeUsedIsNamed() throws IOException {
    Path picture = folder.resolve("picture.bin");
    Files.write(picture, new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 0, 0, 1});
    Files.writeString(folder.resolve(".hidden.txt"), "Nobody reads this.");
    Finished asked = run("ask", folder.toString(), "-q", QUESTION, "--json");
    assertThat(asked.status()).as(asked.err()).isEqualTo(1);
    Json json = Json.of(asked.out());
    assertThat(json.names())
        .containsExactlyInAnyOrder("question", "answer", "citations", "failures");
    assertThat(json.text("answer")).contains("Ada Brandt");
    Json citation = json.items("citations").getFirst();
    assertThat(citation.names()).contains("index", "document_name", "page", "quote");
    assertThat(LIGHT).contains(citation.text("quote"));
    assertThat(json.at("failures").names()).containsExactly(picture.toString());
    assertThat(json.at("failures").text(picture.toString())).contains("not supported");
    requireNothingLeft();
  }

  @Test
  void progressIsShownOnATerminal() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "script(1) makes a terminal");
    String line =
        installed.home().resolve("parley") + " ask " + folder + " --question '" + QUESTION + "'";
    ProcessBuilder terminal = installed.command(Map.of("TERM", "xterm"));
    terminal.command("/usr/bin/script", "-qec", line, "/dev/null");
    Finished asked = Finished.run(directory, terminal);
    assertThat(asked.status()).as(asked.out()).isZero();
    assertThat(asked.out()).contains("\r\u001b[2K[", "light.txt", "Ada Brandt");
    requireNothingLeft();
  }

  @Test
  void anInterruptedQuestionLeavesNothingBehind() throws Exception {
    ProcessBuilder command =
        installed.command(Map.of(), "ask", folder.toString(), "--question", QUESTION);
    Process asking =
        command
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("asking.log").toFile())
            .start();
    Await.until(
        "its PostgreSQL",
        () ->
            Postmaster.processes(installed.temporary()).stream()
                .anyMatch(c -> c.contains("/bin/postgres -D")));
    asking.destroy();
    assertThat(asking.waitFor()).isNotZero();
    requireNothingLeft();
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertThat(run("ask", "/nowhere/to/be/found.txt", "-q", QUESTION).complaint())
        .contains("/nowhere/to/be/found.txt");
    assertThat(run("ask", folder.toString(), "-q", " ").complaint()).contains("question");
  }

  @Test
  void aCommandLineThatIsWrongEndsWithTwo() {
    Finished wrong = run("aks");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("aks").doesNotContain("\tat ");
    assertThat(run("ask", folder.toString()).status()).isEqualTo(2);
  }

  @Test
  void helpListsEveryCommand() {
    Finished help = run("--help");
    assertThat(help.status()).isZero();
    assertThat(help.out())
        .contains(List.of("./parley build", "./parley test", "JAVA_HOME"))
        .doesNotContain("train-aot");
    commands()
        .forEach((name, command) -> {
          assertThat(help.out()).containsPattern("(?m)^ +" + name + " ");
          assertThat(command.description()[0]).as(name).endsWith(".");
        });
    assertThat(run("ask", "--help").out()).contains("--question", "--json", "--keep");
    assertThat(run("--version").out()).containsPattern("\\d+\\.\\d+");
  }

  /** All but the hidden ones. The first line of a description is all that the list shows. */
  private static Map<String, UsageMessageSpec> commands() {
    Map<String, UsageMessageSpec> commands = new LinkedHashMap<>();
    new CommandLine(CommandSpec.forAnnotatedObject(ParleyCommand.class))
        .getSubcommands()
        .forEach((name, command) -> commands.put(name, command.getCommandSpec().usageMessage()));
    commands.values().removeIf(UsageMessageSpec::hidden);
    assertThat(commands).hasSizeGreaterThan(5);
    return commands;
  }

  @Test
  void theSettingsAreShownWithoutTheirSecrets() throws IOException {
    String secret = "a key that nobody may see, 0123456789";
    Files.writeString(installed.home().resolve(".env"), "PARLEY_CHUNK_SIZE=700\n");
    Finished config =
        Finished.run(
            installed,
            Map.of(
                "PARLEY_SIGNING_KEY",
                secret,
                "DATABASE_URL",
                "postgres://ada:sesame@127.0.0.1/parley"),
            "config");
    assertThat(config.status()).as(config.err()).isZero();
    assertThat(config.out()).contains("***", "(environment)", "(.env)", "700");
    assertThat(config.out() + config.err()).doesNotContain(secret, "sesame");
  }
}
