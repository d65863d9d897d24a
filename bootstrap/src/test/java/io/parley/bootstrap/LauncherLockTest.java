package io.parley.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several launchers in one checkout, launchers that are stopped, and a checkout that may not be
 * written.
 */
@DisabledOnOs(OS.WINDOWS)
@Timeout(120)
class LauncherLockTest {

  @TempDir Path directory;

  private FakeMachine machine;

  @BeforeEach
  void haveAMachine() throws IOException {
    machine = FakeMachine.ready(directory);
  }

  @Test
  void buildsOnceForSeveralStartsAtTheSameTime() throws Exception {
    machine.environment.put("FAKE_BUILD_IS_SLOW", "1");
    List<FakeMachine.Started> started = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      started.add(machine.start(machine.root, machine.home.resolve("parley"), "check"));
    }

    for (FakeMachine.Started one : started) {
      assertThat(one.end().exit()).isZero();
    }
    assertThat(machine.mavenCalls()).hasSize(1);
    assertThat(machine.lock()).doesNotExist();
  }

  @Test
  void dropsTheLockOfABuildThatDied() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Files.createDirectories(machine.lock());
    Files.writeString(machine.lock().resolve("pid"), dead.pid() + "\n");

    assertThat(machine.run().exit()).isZero();
    assertThat(machine.mavenCalls()).hasSize(1);
  }

  @Test
  void dropsALockWhoseOwnerNeverSignedIt() throws Exception {
    Files.createDirectories(machine.lock());

    assertThat(machine.run().exit()).isZero();
    assertThat(machine.mavenCalls()).hasSize(1);
  }

  @Test
  void waitsForABuildThatLives() throws Exception {
    Files.createDirectories(machine.lock());
    long here = ProcessHandle.current().pid();
    Files.writeString(machine.lock().resolve("pid"), here + "\n");
    FakeMachine.Started started = machine.start(machine.root, machine.home.resolve("parley"));
    while (!Files.readString(started.err()).contains("waiting for the build of process " + here)) {
      Thread.sleep(20);
    }
    assertThat(machine.mavenCalls()).isEmpty();

    Files.delete(machine.lock().resolve("pid"));
    Files.delete(machine.lock());

    assertThat(started.end().exit()).isZero();
    assertThat(machine.mavenCalls()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "test"})
  void stopsMavenAndGivesTheLockBackWhenItIsTerminated(String command) throws Exception {
    machine.environment.put("FAKE_BUILD_HANGS", "1");
    FakeMachine.Started started =
        machine.start(machine.root, machine.home.resolve("parley"), command);
    Path pid = machine.root.resolve("maven.pid");
    while (!Files.exists(pid) || Files.readString(pid).isBlank()) {
      Thread.sleep(20);
    }

    started.process().destroy();

    assertThat(started.end().exit()).isEqualTo(143);
    Optional<ProcessHandle> maven = ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()));
    assertThat(maven.filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(machine.lock()).doesNotExist();
  }

  @Test
  void startsWhatIsThereWhenTheCheckoutMayNotBeWritten() throws Exception {
    machine.run();
    machine.source("domain/src/main/java/Newer.java");
    assertThat(machine.dist.toFile().setWritable(false)).isTrue();
    Assumptions.assumeFalse(Files.isWritable(machine.dist), "this user may write everywhere");

    FakeMachine.Run run = machine.run();

    assertThat(machine.dist.toFile().setWritable(true)).isTrue();
    assertThat(run.exit()).isZero();
    assertThat(run.err()).hasLineCount(1).contains("is not writable: starting what is there");
  }
}
