package io.parley.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How {@code ./parley} finds Java and becomes it. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

  @TempDir Path directory;

  private FakeMachine machine;

  @BeforeEach
  void haveAMachineWithMavenOnly() throws IOException {
    machine = new FakeMachine(directory);
    machine.maven(machine.bin.resolve("mvn"), "3.9.9");
  }

  @Test
  void findsJava25BesideAnOlderDefault() throws Exception {
    Path old = machine.jdk(machine.jdks.resolve("a-17"), "17.0.15");
    Files.createSymbolicLink(machine.bin.resolve("java"), old.resolve("bin/java"));
    machine.jdk(machine.jdks.resolve("b-250"), "250.0.1");
    Path right = machine.jdk(machine.jdks.resolve("c-25"), "25.0.3");

    assertThat(machine.run().out()).startsWith("java=" + right);
  }

  @Test
  void prefersJavaHome() throws Exception {
    machine.jdk(machine.jdks.resolve("25"), "25.0.3");
    Path chosen = machine.jdk(machine.root.resolve("my java"), "25");
    machine.environment.put("JAVA_HOME", chosen.toString());

    assertThat(machine.run().out()).startsWith("java=" + chosen);
  }

  @Test
  void passesOverAJavaHomeThatIsOlderOrMissing() throws Exception {
    Path right = machine.jdk(machine.jdks.resolve("25"), "25.0.3");
    machine.environment.put(
        "JAVA_HOME", machine.jdk(machine.root.resolve("21"), "21.0.2").toString());
    assertThat(machine.run().out()).startsWith("java=" + right);

    machine.environment.put("JAVA_HOME", "/no/such/directory");
    assertThat(machine.run().out()).startsWith("java=" + right);
  }

  @Test
  void findsJavaInTheLayoutOfMacos() throws Exception {
    Path right = machine.jdk(machine.jdks.resolve("temurin-25.jdk/Contents/Home"), "25.0.3");

    assertThat(machine.run().out()).startsWith("java=" + right);
  }

  @Test
  void findsJavaOfSdkman() throws Exception {
    Path right = machine.jdk(machine.root.resolve("user/.sdkman/candidates/java/25-tem"), "25.0.3");

    assertThat(machine.run().out()).startsWith("java=" + right);
  }

  @Test
  void followsTheJavaOnThePathToItsHome() throws Exception {
    Path right = machine.jdk(machine.root.resolve("elsewhere"), "25.0.3");
    Files.createSymbolicLink(machine.root.resolve("link"), right.resolve("bin/java"));
    Files.createSymbolicLink(machine.bin.resolve("java"), Path.of("../link"));

    assertThat(machine.run().out()).startsWith("java=" + right);
  }

  @Test
  void asksAStubOnThePathForItsHome() throws Exception {
    Path right = machine.jdk(machine.root.resolve("elsewhere"), "25.0.3");
    machine.script(
        machine.bin.resolve("java"), "#!/bin/sh\nexec '" + right + "/bin/java' \"$@\"\n");

    assertThat(machine.run().out()).startsWith("java=" + right);
  }

  @Test
  void saysWhatToInstallWhenThereIsNoJava25() throws Exception {
    machine.jdk(machine.jdks.resolve("17"), "17.0.15");
    machine.script(machine.bin.resolve("dnf"), "#!/bin/sh\n");

    FakeMachine.Run run = machine.run("check", "--json");

    assertThat(run.exit()).isEqualTo(69);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("a JDK 25 is needed")
        .contains("dnf install java-25-openjdk-devel");
  }

  @Test
  void handsArgumentsOnUntouched() throws Exception {
    machine.jdk(machine.jdks.resolve("25"), "25.0.3");
    String[] arguments = {
      "ask", "a file.pdf", "--question", "what's \"it\"?", "*", "", "$HOME", "back\\slash"
    };

    assertThat(machine.run(arguments).programArguments()).containsExactly(arguments);
  }

  @Test
  void handsNoArgumentsOnWhenThereAreNone() throws Exception {
    machine.jdk(machine.jdks.resolve("25"), "25.0.3");

    assertThat(machine.run().programArguments()).isEmpty();
  }

  @Test
  void becomesTheProgramUnderTheSameProcessIdWithItsExitStatus() throws Exception {
    machine.jdk(machine.jdks.resolve("25"), "25.0.3");
    machine.environment.put("FAKE_EXIT", "42");

    FakeMachine.Run run = machine.run("check");

    assertThat(run.out()).contains("pid=" + run.pid());
    assertThat(run.exit()).isEqualTo(42);
  }

  @Test
  void keepsTheCallersDirectoryAndNamesItsOwnThroughLinks() throws Exception {
    machine.jdk(machine.jdks.resolve("25"), "25.0.3");
    Path caller = Files.createDirectory(machine.root.resolve("caller"));
    Path second =
        Files.createSymbolicLink(machine.bin.resolve("second"), Path.of("../parley home/parley"));
    Path first = Files.createSymbolicLink(caller.resolve("first"), second);

    FakeMachine.Run run = machine.start(caller, first).end();

    assertThat(run.out()).contains("cwd=" + caller);
    assertThat(run.arguments()).contains("-Dparley.home=" + machine.home);
  }

  @Test
  void addsTheUsersJavaOptions() throws Exception {
    machine.jdk(machine.jdks.resolve("25"), "25.0.3");
    machine.environment.put("PARLEY_JAVA_OPTS", "-Xmx1g -Dx=*");

    assertThat(machine.run().arguments()).contains("-XX:+UseG1GC", "-Xmx1g", "-Dx=*");
  }

  @Test
  void givesWayToTheUsersCollector() throws Exception {
    machine.jdk(machine.jdks.resolve("25"), "25.0.3");
    machine.environment.put("PARLEY_JAVA_OPTS", "-XX:+UseZGC");

    assertThat(machine.run().arguments()).contains("-XX:+UseZGC").doesNotContain("-XX:+UseG1GC");
  }

  @Test
  void helpsWithItsOwnCommandsBeforeThoseOfTheProgram() throws Exception {
    machine.jdk(machine.jdks.resolve("25"), "25.0.3");

    FakeMachine.Run run = machine.run("--help");

    assertThat(String.join("\n", run.out()))
        .contains("./parley test")
        .containsPattern("(?s)PARLEY_JAVA_OPTS.*java=");
    assertThat(run.programArguments()).containsExactly("--help");
  }
}
