package io.parley.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A machine as the launcher sees it: a checkout with a blank in its path, a PATH without Java,
 * Maven or package manager, and Javas and Mavens that only write down how they were called.
 */
final class FakeMachine {

  private static final List<String> TOOLS =
      List.of(
          "cat",
          "cp",
          "curl",
          "cut",
          "find",
          "grep",
          "gzip",
          "head",
          "id",
          "mkdir",
          "mv",
          "ps",
          "readlink",
          "rm",
          "rmdir",
          "sed",
          "sha256sum",
          "shasum",
          "sh",
          "sleep",
          "tail",
          "tar",
          "touch",
          "uname",
          "tr",
          "wc",
          "wget");

  private static final String JAVA =
      """
      #!/bin/sh
      for arg in "$@"; do
        case $arg in
          -XshowSettings*) echo "    java.home = ${0%/bin/java}" >&2; exit 0 ;;
          -XX:AOTCacheOutput=*) [ -z "$FAKE_TRAINING_FAILS" ] || exit 3; echo cache >"${arg#*=}"; exit 0 ;;
        esac
      done
      echo "java=${0%/bin/java}"
      echo "pid=$$"
      echo "cwd=$PWD"
      for arg in "$@"; do printf 'arg=%s\\n' "$arg"; done
      exit ${FAKE_EXIT:-0}
      """;

  private static final String MAVEN =
      """
      #!/bin/sh
      case "$*" in *-v) echo "Apache Maven VERSION (abc)"; exit 0 ;; esac
      echo "$JAVA_HOME|$PARLEY_BUILD|$*" >>"HOME/../maven.calls"
      echo "[INFO] Building Parley domain 0.1.0                      [1/2]"
      echo "[INFO] Building parley-bootstrap 0.1.0                   [2/2]"
      [ -z "$FAKE_BUILD_HANGS" ] || { echo $$ >"HOME/../maven.pid"; exec sleep 60; }
      [ -z "$FAKE_BUILD_FAILS" ] || { echo "[ERROR] Main.java does not compile"; exit 1; }
      case "$*" in *" verify "*) echo "tests ran"; exit 0 ;; esac
      [ -z "$FAKE_BUILD_IS_SLOW" ] || sleep 1
      [ -z "$FAKE_BUILD_SEES_EDIT" ] || sleep 0.1
      [ -z "$FAKE_BUILD_SEES_EDIT" ] || echo edited >>"$FAKE_BUILD_SEES_EDIT"
      mkdir -p "HOME/bootstrap/target/dist/lib"
      echo jar >"HOME/bootstrap/target/dist/parley.jar"
      [ -z "$FAKE_BUILD_ENDS_HALFWAY" ] || exit 1
      echo jar >"HOME/bootstrap/target/dist/lib/domain.jar"
      """;

  final Path root;
  final Path home;
  final Path bin;
  final Path jdks;
  final Path dist;
  final Map<String, String> environment = new HashMap<>();

  FakeMachine(Path directory) throws IOException {
    root = Files.createDirectory(directory.toRealPath().resolve("a machine"));
    home = Files.createDirectory(root.resolve("parley home"));
    bin = Files.createDirectory(root.resolve("bin"));
    jdks = Files.createDirectory(root.resolve("jdks"));
    dist = home.resolve("bootstrap/target/dist");
    Path tools = Files.createDirectory(root.resolve("tools"));
    for (String tool : TOOLS) {
      lend(tools, tool);
    }
    Files.copy(launcher(), home.resolve("parley"));
    executable(home.resolve("parley"));
    for (String source :
        List.of(
            "pom.xml", "domain/pom.xml", "bootstrap/pom.xml", "domain/src/main/java/Bot.java")) {
      source(source);
    }
    environment.put("PATH", bin + File.pathSeparator + tools);
    environment.put("HOME", Files.createDirectory(root.resolve("user")).toString());
    environment.put("PARLEY_JDK_DIRS", jdks.toString());
    environment.put("PARLEY_JDK_SOURCE", "off");
  }

  /** A machine with Java 25 and Maven, so that a test about something else can start. */
  static FakeMachine ready(Path directory) throws IOException {
    FakeMachine machine = new FakeMachine(directory);
    machine.jdk(machine.jdks.resolve("jdk-25"), "25.0.3");
    machine.maven(machine.bin.resolve("mvn"), "3.8.7");
    return machine;
  }

  Path jdk(Path where, String version) throws IOException {
    Files.createDirectories(where.resolve("bin"));
    Files.writeString(
        where.resolve("release"),
        "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\nMODULES=\"java.base\"\n");
    script(where.resolve("bin/java"), JAVA);
    script(where.resolve("bin/javac"), "#!/bin/sh\n");
    return where;
  }

  void maven(Path where, String version) throws IOException {
    Files.createDirectories(where.getParent());
    script(where, MAVEN.replace("VERSION", version).replace("HOME/", home + "/"));
  }

  void script(Path where, String text) throws IOException {
    Files.writeString(where, text);
    executable(where);
  }

  Path source(String name) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "x", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  List<String> mavenCalls() throws IOException {
    Path calls = root.resolve("maven.calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  Path lock() {
    return home.resolve("target/build.lock");
  }

  Run run(String... arguments) throws IOException, InterruptedException {
    return start(root, home.resolve("parley"), arguments).end();
  }

  Started start(Path directory, Path launcher, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(root, "out", "");
    Path err = Files.createTempFile(root, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return new Started(builder.start(), out, err);
  }

  private static void lend(Path tools, String tool) throws IOException {
    for (String directory : System.getenv("PATH").split(File.pathSeparator)) {
      Path original = Path.of(directory, tool);
      if (Files.isExecutable(original)) {
        Files.writeString(tools.resolve(tool), "#!/bin/sh\nexec '" + original + "' \"$@\"\n");
        executable(tools.resolve(tool));
        return;
      }
    }
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path launcher() {
    Path directory = Path.of("").toAbsolutePath();
    return Files.exists(directory.resolve("parley"))
        ? directory.resolve("parley")
        : directory.resolveSibling("parley");
  }

  /** A launcher that runs. */
  record Started(Process process, Path out, Path err) {

    Run end() throws IOException, InterruptedException {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      return new Run(
          process.pid(), process.exitValue(), Files.readAllLines(out), Files.readString(err));
    }
  }

  /**
   * What a launcher left: {@code out} are the lines of its standard output, {@code err} all of the
   * other.
   */
  record Run(long pid, int exit, List<String> out, String err) {

    List<String> arguments() {
      return out.stream()
          .filter(line -> line.startsWith("arg="))
          .map(line -> line.substring(4))
          .toList();
    }

    /** The arguments after {@code -jar FILE}. */
    List<String> programArguments() {
      List<String> all = arguments();
      return all.subList(all.indexOf("-jar") + 2, all.size());
    }
  }
}
