package io.parley.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * How {@code ./parley} fetches a JDK where there is none, from a local server that answers as
 * Adoptium does.
 */
@DisabledOnOs(OS.WINDOWS)
class LauncherDownloadTest {

  private static final String ASSETS =
      """
      [
        {
          "binary": {
            "architecture": "x64",
            "image_type": "jdk",
            "installer": {
              "checksum": "%1$s",
              "link": "http://127.0.0.1:1/never.pkg"
            },
            "package": {
              "checksum": "%2$s",
              "checksum_link": "%3$s.sha256.txt",
              "download_count": 3,
              "link": "%3$s",
              "name": "jdk.tar.gz",
              "size": 4
            }
          },
          "release_name": "jdk-25.0.3+9"
        }
      ]
      """;

  @TempDir Path directory;

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private FakeMachine machine;
  private HttpServer server;
  private String checksum = "";

  @BeforeEach
  void haveAMachineWithoutJavaAndAServer() throws Exception {
    machine = new FakeMachine(directory);
    machine.maven(machine.bin.resolve("mvn"), "3.8.7");
    byte[] archive = archive("25.0.3");
    checksum = sha256(archive);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve("/jdk.tar.gz", () -> archive);
    serve(
        "/assets",
        () ->
            ASSETS
                .formatted("0".repeat(64), checksum, url("/jdk.tar.gz"))
                .getBytes(StandardCharsets.UTF_8));
    server.start();
    machine.environment.put("PARLEY_JDK_SOURCE", url("/assets"));
    machine.environment.put("XDG_CACHE_HOME", machine.root.resolve("the cache").toString());
  }

  @AfterEach
  void stopTheServer() {
    server.stop(0);
  }

  @Test
  void fetchesAJdkOnceAndKeepsIt() throws Exception {
    FakeMachine.Run first = machine.run("check");
    FakeMachine.Run second = machine.run("check");

    assertThat(first.exit()).isZero();
    assertThat(first.out()).startsWith("java=" + cached().resolve("jdk-25.0.3+9"));
    assertThat(second.out()).startsWith("java=" + cached().resolve("jdk-25.0.3+9"));
    assertThat(requests).hasSize(2).last().isEqualTo("/jdk.tar.gz");
  }

  @Test
  void asksForThisMachinesKindOfJdk() throws Exception {
    machine.script(
        machine.bin.resolve("uname"),
        "#!/bin/sh\ncase $1 in -s) echo Darwin ;; -m) echo arm64 ;; esac\n");

    machine.run();

    assertThat(requests.getFirst())
        .isEqualTo(
            "/assets?architecture=aarch64&heap_size=normal&image_type=jdk&os=mac&vendor=eclipse");
  }

  @Test
  void fetchesWithWgetWhereThereIsNoCurl() throws Exception {
    Files.deleteIfExists(machine.root.resolve("tools/curl"));
    Assumptions.assumeTrue(Files.exists(machine.root.resolve("tools/wget")), "no wget here");

    assertThat(machine.run().exit()).isZero();
  }

  @Test
  void throwsADamagedDownloadAway() throws Exception {
    checksum = "a".repeat(64);

    FakeMachine.Run run = machine.run("check", "--json");

    assertThat(run.exit()).isEqualTo(69);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("damaged").contains("a JDK 25 is needed");
    assertThat(cached()).doesNotExist();
    assertThat(cached().getParent()).isEmptyDirectory();
  }

  @Test
  void refusesAnAnswerWithoutAChecksum() throws Exception {
    checksum = "none";

    FakeMachine.Run run = machine.run();

    assertThat(run.exit()).isEqualTo(69);
    assertThat(run.err()).contains("no package with a SHA-256 checksum");
    assertThat(requests).hasSize(1);
  }

  @Test
  void refusesAnArchiveOfAnotherJava() throws Exception {
    byte[] other = archive("24.0.1");
    server.removeContext("/jdk.tar.gz");
    serve("/jdk.tar.gz", () -> other);
    checksum = sha256(other);

    FakeMachine.Run run = machine.run();

    assertThat(run.exit()).isEqualTo(69);
    assertThat(run.err()).contains("is not a JDK 25");
    assertThat(cached()).doesNotExist();
  }

  @Test
  void saysWhatToInstallWhenTheSourceDoesNotAnswer() throws Exception {
    machine.environment.put("PARLEY_JDK_SOURCE", url("/nothing"));

    FakeMachine.Run run = machine.run();

    assertThat(run.exit()).isEqualTo(69);
    assertThat(run.err()).contains("it did not answer").contains("a JDK 25 is needed");
  }

  private Path cached() {
    return machine.root.resolve("the cache/parley/jdk-25");
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private void serve(String path, Body body) {
    server.createContext(
        path,
        exchange -> {
          requests.add(exchange.getRequestURI().toString());
          byte[] bytes = body.bytes();
          exchange.sendResponseHeaders(200, bytes.length);
          try (var out = exchange.getResponseBody()) {
            out.write(bytes);
          }
        });
  }

  private byte[] archive(String version) throws Exception {
    Path tree = Files.createTempDirectory(directory, "archive");
    machine.jdk(tree.resolve("jdk-25.0.3+9"), version);
    Path archive = tree.resolve("jdk.tar.gz");
    int exit =
        new ProcessBuilder("tar", "-czf", archive.toString(), "-C", tree.toString(), "jdk-25.0.3+9")
            .start()
            .waitFor();
    assertThat(exit).isZero();
    return Files.readAllBytes(archive);
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private interface Body {
    byte[] bytes() throws IOException;
  }
}
