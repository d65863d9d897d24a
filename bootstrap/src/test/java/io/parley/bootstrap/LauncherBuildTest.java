package io.parley.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** When {@code ./parley} builds, with what, and what it says. */
@DisabledOnOs(OS.WINDOWS)
class LauncherBuildTest {

  @TempDir Path directory;

  private FakeMachine machine;

  @BeforeEach
  void haveAMachine() throws IOException {
    machine = FakeMachine.ready(directory);
  }

  @Test
  void buildsOnFirstUseAndShowsHowFarItIs() throws Exception {
    FakeMachine.Run run = machine.run("check");

    assertThat(run.exit()).isZero();
    assertThat(run.err())
        .contains("building 1/2 Parley domain...", "building 2/2 parley-bootstrap...");
    assertThat(run.out()).first().asString().startsWith("java=");
    assertThat(machine.mavenCalls())
        .singleElement()
        .asString()
        .startsWith(machine.jdks + "/jdk-25|");
    assertThat(machine.lock()).doesNotExist();
  }

  @Test
  void startsSilentlyWhenNothingHasChanged() throws Exception {
    machine.run();

    assertThat(machine.run().err()).isEmpty();
    assertThat(machine.mavenCalls()).hasSize(1);
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws Exception {
    machine.run();
    edit("domain/src/main/java/Bot.java");

    machine.run();

    assertThat(machine.mavenCalls()).hasSize(2);
  }

  @Test
  void buildsAgainWhenAPomIsNewer() throws Exception {
    machine.run();
    edit("bootstrap/pom.xml");

    machine.run();

    assertThat(machine.mavenCalls()).hasSize(2);
  }

  @Test
  void buildsAgainAfterAnEditThatWasMadeDuringTheBuild() throws Exception {
    machine.environment.put(
        "FAKE_BUILD_SEES_EDIT", machine.home.resolve("domain/src/main/java/Bot.java").toString());
    machine.run();
    machine.environment.remove("FAKE_BUILD_SEES_EDIT");

    machine.run();
    machine.run();

    assertThat(machine.mavenCalls()).hasSize(2);
  }

  @Test
  void buildsAgainAfterABuildThatEndedHalfway() throws Exception {
    machine.environment.put("FAKE_BUILD_ENDS_HALFWAY", "1");
    assertThat(machine.run().exit()).isEqualTo(70);
    assertThat(machine.dist.resolve("parley.jar")).exists();
    machine.environment.remove("FAKE_BUILD_ENDS_HALFWAY");

    assertThat(machine.run().exit()).isZero();
    assertThat(machine.mavenCalls()).hasSize(2);
  }

  @Test
  void doesNotBuildForAnEditedTest() throws Exception {
    machine.source("domain/src/test/java/BotTest.java");
    machine.run();
    edit("domain/src/test/java/BotTest.java");

    machine.run();

    assertThat(machine.mavenCalls()).hasSize(1);
  }

  @Test
  void buildsOnRequest() throws Exception {
    machine.run();

    FakeMachine.Run run = machine.run("build");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(machine.mavenCalls()).hasSize(2);
  }

  @Test
  void neverBuildsWhenToldSo() throws Exception {
    machine.environment.put("PARLEY_BUILD", "off");

    assertThat(machine.run().exit()).isEqualTo(69);
    assertThat(machine.mavenCalls()).isEmpty();
  }

  @Test
  void showsTheEndOfTheLogWhenTheBuildFails() throws Exception {
    machine.environment.put("FAKE_BUILD_FAILS", "1");

    FakeMachine.Run run = machine.run("check");

    assertThat(run.exit()).isEqualTo(70);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains(
            "Main.java does not compile", machine.home.resolve("target/build.log").toString());
    assertThat(machine.lock()).doesNotExist();
  }

  @Test
  void saysHowToInstallMavenWhenThereIsNoneNewEnough() throws Exception {
    machine.maven(machine.bin.resolve("mvn"), "3.6.3");
    machine.script(machine.bin.resolve("apt-get"), "#!/bin/sh\n");

    FakeMachine.Run run = machine.run();

    assertThat(run.exit()).isEqualTo(69);
    assertThat(run.err())
        .contains("Maven 3.8 or newer is needed")
        .contains("apt-get install maven");
  }

  @Test
  void findsTheMavenOfMavenHome() throws Exception {
    Files.delete(machine.bin.resolve("mvn"));
    machine.maven(machine.root.resolve("maven 4/bin/mvn"), "4.0.0");
    machine.environment.put("MAVEN_HOME", machine.root.resolve("maven 4").toString());

    assertThat(machine.run().err()).contains("building with Maven 4.0.0");
  }

  @Test
  void installsMavenItselfOnlyWhenToldSo() throws Exception {
    Path hidden = Files.move(machine.bin.resolve("mvn"), machine.root.resolve("mvn"));
    machine.script(machine.bin.resolve("id"), "#!/bin/sh\necho 0\n");
    machine.script(
        machine.bin.resolve("apt-get"),
        "#!/bin/sh\necho \"$*\"\ncp '%s' '%s/mvn'\n".formatted(hidden, machine.bin));
    assertThat(machine.run().exit()).isEqualTo(69);

    machine.environment.put("PARLEY_YES", "1");
    FakeMachine.Run run = machine.run();

    assertThat(run.exit()).isZero();
    assertThat(run.err()).contains("\ninstall maven -y\n");
    assertThat(run.out()).first().asString().startsWith("java=");
  }

  @Test
  void runsEveryTestUnderTheRightJava() throws Exception {
    FakeMachine.Run run = machine.run("test", "-pl", "domain", "-Dit.test=a b");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("tests ran");
    assertThat(machine.lock()).doesNotExist();
    assertThat(machine.mavenCalls())
        .containsExactly(machine.jdks + "/jdk-25|off|-T 1.5C verify -pl domain -Dit.test=a b");
  }

  @Test
  void startsWithoutACacheThatCouldNotBeTrained() throws Exception {
    machine.environment.put("FAKE_TRAINING_FAILS", "1");

    FakeMachine.Run run = machine.run("check");

    assertThat(run.exit()).isZero();
    assertThat(run.err()).containsOnlyOnce("start-up cache could not be made");
    assertThat(run.arguments()).noneMatch(argument -> argument.startsWith("-XX:AOTCache"));
  }

  @Test
  void usesTheCacheThatWasTrained() throws Exception {
    assertThat(machine.run().arguments())
        .contains("-XX:AOTCache=" + machine.dist.resolve("parley.aot"));
  }

  @Test
  void trainsAndUsesNoCacheWhenToldSo() throws Exception {
    machine.environment.put("PARLEY_AOT", "off");

    assertThat(machine.run().arguments())
        .noneMatch(argument -> argument.startsWith("-XX:AOTCache"));
    assertThat(machine.dist.resolve("parley.aot")).doesNotExist();
  }

  @Test
  void noticesACacheThatIsOlderThanAJar() throws Exception {
    machine.run();
    later(machine.dist.resolve("lib/domain.jar"));

    FakeMachine.Run run = machine.run();

    assertThat(run.err()).hasLineCount(1).contains("older than the program and not used");
    assertThat(run.arguments()).noneMatch(argument -> argument.startsWith("-XX:AOTCache"));
  }

  @Test
  void noticesACacheOfAnotherJava() throws Exception {
    machine.run();
    machine.environment.put(
        "JAVA_HOME", machine.jdk(machine.root.resolve("newer"), "25.0.4").toString());

    FakeMachine.Run run = machine.run();

    assertThat(run.err()).hasLineCount(1).contains("made for another Java");
    assertThat(run.arguments()).noneMatch(argument -> argument.startsWith("-XX:AOTCache"));
  }

  @Test
  void noticesACacheOfAnotherPlace() throws Exception {
    machine.run();
    Path moved = Files.move(machine.home, machine.root.resolve("moved"));

    FakeMachine.Run run = machine.start(machine.root, moved.resolve("parley")).end();

    assertThat(run.err()).hasLineCount(1).contains("another place");
    assertThat(run.arguments()).noneMatch(argument -> argument.startsWith("-XX:AOTCache"));
  }

  @Test
  void trainsACacheForWhatIsBuiltAlready() throws Exception {
    machine.run();
    later(machine.dist.resolve("lib/domain.jar"));
    Files.delete(machine.dist.resolve("parley.aot"));

    FakeMachine.Run run = machine.run("train-aot");

    assertThat(run.exit()).isZero();
    assertThat(machine.dist.resolve("parley.aot")).exists();
    assertThat(machine.mavenCalls()).hasSize(1);
    assertThat(machine.lock()).doesNotExist();
  }

  @Test
  void trainingThatFailsEndsWithItsStatusWhenItWasAskedFor() throws Exception {
    assertThat(machine.run("train-aot").exit()).isEqualTo(69);
    machine.environment.put("FAKE_TRAINING_FAILS", "1");
    assertThat(machine.run("build").exit()).isZero();

    FakeMachine.Run run = machine.run("train-aot");

    assertThat(run.exit()).isEqualTo(70);
    assertThat(run.err()).contains("could not be made");
    assertThat(machine.lock()).doesNotExist();
  }

  private void edit(String name) throws IOException {
    later(machine.source(name));
  }

  private static void later(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
  }
}
