package io.parley.adapter.ai.extraction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parley.adapter.ai.extraction.worker.ProbeWorker;
import io.parley.domain.document.ContentType;
import io.parley.domain.document.PageText;
import io.parley.domain.port.ai.ExtractionResult;
import io.parley.domain.port.ai.ExtractionResult.Cause;
import io.parley.domain.port.ai.ExtractionResult.Extracted;
import io.parley.domain.port.ai.ExtractionResult.Unreadable;
import io.parley.domain.port.ai.ReaderIsolation;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A child that does its worst, and the server that survives it. */
@Timeout(120)
final class ExtractionIsolationTest {

  @TempDir private Path directory;

  private final List<PageText> pages = new ArrayList<>();

  @Test
  void a_hanging_file_is_stopped_and_the_next_one_is_read() {
    try (ProcessTextExtractor extractor = open(config().withTimeLimit(Duration.ofSeconds(2)))) {
      assertCause(read(extractor, "hang"), Cause.TOO_SLOW);
      assertThat(extractor.processIds()).isEmpty();

      assertThat(read(extractor, "say hello")).isEqualTo(new Extracted(null, 1));
    }
  }

  @Test
  void memory_output_and_depth_are_bounded() {
    ExtractionConfig config = config().withHeapMegabytes(48).withOutputLimits(1_000_000, 100);
    try (ProcessTextExtractor extractor = open(config)) {
      assertCause(read(extractor, "fill"), Cause.TOO_LARGE);
      assertCause(read(extractor, "flood"), Cause.TOO_LARGE);
      assertCause(read(extractor, "recurse"), Cause.TOO_DEEP);
      assertThat(read(extractor, "say hello")).isEqualTo(new Extracted(null, 1));
    }
  }

  @Test
  void a_file_that_kills_its_child_is_broken_and_not_tried_for_ever() {
    try (ProcessTextExtractor extractor = open(config())) {
      read(extractor, "say hello");

      assertCause(read(extractor, "exit 7"), Cause.BROKEN);

      assertThat(extractor.processIds()).isEmpty();
    }
  }

  @Test
  void a_child_killed_in_the_middle_of_a_file_is_replaced_and_no_page_comes_twice()
      throws Exception {
    try (ProcessTextExtractor extractor = open(config().withTimeLimit(Duration.ofSeconds(5)))) {
      List<Integer> numbers = new ArrayList<>();

      ExtractionResult result =
          extractor.extract(
              bytes("hang-after-a-page"),
              ContentType.TEXT,
              page -> {
                numbers.add(page.number());
                kill(extractor.processIds().getFirst());
              });

      assertCause(result, Cause.TOO_SLOW);
      assertThat(numbers).containsExactly(1);
      assertThat(read(extractor, "say hello")).isEqualTo(new Extracted(null, 1));
    }
  }

  @Test
  void a_child_killed_between_two_files_is_replaced() {
    try (ProcessTextExtractor extractor = open(config())) {
      read(extractor, "say hello");
      kill(extractor.processIds().getFirst());

      assertThat(read(extractor, "say again")).isEqualTo(new Extracted(null, 1));
    }
  }

  @Test
  void one_child_serves_many_files_and_goes_when_it_is_idle() throws Exception {
    try (ProcessTextExtractor extractor = open(config().withIdleTime(Duration.ofSeconds(2)))) {
      read(extractor, "say one");
      List<Long> first = extractor.processIds();
      read(extractor, "say two");

      assertThat(extractor.processIds()).isEqualTo(first).hasSize(1);
      await(first.getFirst());
      assertThat(extractor.processIds()).isEmpty();
    }
  }

  @Test
  void closing_ends_the_children_and_leaves_no_file() throws Exception {
    long child;
    try (ProcessTextExtractor extractor = open(config())) {
      read(extractor, "say one");
      child = extractor.processIds().getFirst();
    }

    await(child);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void what_a_killed_server_left_is_removed_at_the_next_start() throws Exception {
    Path left = Files.createDirectory(directory.resolve("parley-extraction-999999999-abc"));
    Files.writeString(left.resolve("file-1"), "secret");

    open(config()).close();

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void a_child_goes_with_its_server_even_in_the_middle_of_a_file() throws Exception {
    Path own = Files.createDirectory(directory.resolve("own"));
    Process server =
        new ProcessBuilder(
                config().java().toString(),
                "-cp",
                System.getProperty("java.class.path"),
                AbandoningServer.class.getName(),
                own.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    long child = Long.parseLong(server.inputReader(UTF_8).readLine());

    server.destroyForcibly().waitFor();

    await(child);
    assertThat(own).isEmptyDirectory();
  }

  @Test
  void what_a_parser_prints_does_not_disturb() {
    try (ProcessTextExtractor extractor = open(config())) {
      assertThat(read(extractor, "print")).isEqualTo(new Extracted(null, 1));
      assertThat(pages.getFirst().text()).isEqualTo("quiet");
    }
  }

  @Test
  void nothing_of_the_environment_reaches_the_child() {
    assertThat(System.getenv()).containsKey("PATH");
    try (ProcessTextExtractor extractor = open(config())) {
      read(extractor, "environment");

      assertThat(pages.getFirst().text()).isEqualTo("environment:[LC_ALL]");
    }
  }

  @Test
  void the_child_reaches_no_listener_when_it_refuses_sockets() throws Exception {
    assertThat(opened(List.of(), ProbeWorker.class)).isEqualTo("opened:[]");
  }

  @Test
  void the_child_reaches_no_listener_from_its_network_namespace() throws Exception {
    List<String> prefix = NetworkNamespace.prefix();
    assumeTrue(!prefix.isEmpty(), "No network namespace can be made here");

    assertThat(opened(prefix, ProbeWorker.Open.class))
        .doesNotContain("socket", "channel", "asynchronous");
  }

  @Test
  void the_probe_of_the_network_sees_an_open_one() throws Exception {
    assertThat(opened(List.of(), ProbeWorker.Open.class))
        .startsWith("opened:[socket, channel, asynchronous, datagram")
        .contains(ownNameResolves() ? "name" : "");
  }

  @Test
  void how_the_network_is_kept_away_is_told() {
    try (ProcessTextExtractor without = open(config());
        ProcessTextExtractor best = ProcessTextExtractor.open(config())) {
      assertThat(without.isolation()).isEqualTo(Isolation.REFUSING_SOCKETS);
      assertThat(best.isolation())
          .isEqualTo(
              NetworkNamespace.prefix().isEmpty()
                  ? Isolation.REFUSING_SOCKETS
                  : Isolation.NETWORK_NAMESPACE);
    }
  }

  @Test
  void the_reader_tries_its_isolation_itself() {
    try (ProcessTextExtractor extractor = ProcessTextExtractor.open(config())) {
      ReaderIsolation found = extractor.tryIsolation();

      assertThat(found.ownProcess()).isTrue();
      assertThat(found.namespace()).isEqualTo(!NetworkNamespace.prefix().isEmpty());
      assertThat(found.ways()).isEmpty();
      assertThat(found.inherited()).isEmpty();
      assertThat(found.heapMegabytes()).isBetween(1L, (long) config().heapMegabytes());
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void a_reader_whose_network_is_open_says_so() {
    try (ProcessTextExtractor extractor = open(config())) {
      assertThat(extractor.tryIsolation(ProbeWorker.OpenTrial.class.getName()).ways())
          .contains("socket", "channel", "asynchronous", "datagram");
    }
  }

  private String opened(List<String> prefix, Class<?> worker) throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        ProcessTextExtractor extractor =
            ProcessTextExtractor.open(config(), prefix, worker.getName())) {
      read(extractor, "connect " + listener.getLocalPort());
      return pages.getFirst().text();
    }
  }

  private static boolean ownNameResolves() {
    try {
      return InetAddress.getLocalHost() != null;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private ExtractionConfig config() {
    return probing(directory);
  }

  static ExtractionConfig probing(Path directory) {
    ExtractionConfig defaults = ExtractionConfig.defaults(directory);
    String tests =
        Path.of(ProbeWorker.class.getProtectionDomain().getCodeSource().getLocation().getPath())
            .toString();
    return defaults.withClassPath(defaults.classPath() + File.pathSeparator + tests);
  }

  static ProcessTextExtractor open(ExtractionConfig config) {
    return ProcessTextExtractor.open(config, List.of(), ProbeWorker.class.getName());
  }

  private ExtractionResult read(ProcessTextExtractor extractor, String order) {
    pages.clear();
    return extractor.extract(bytes(order), ContentType.TEXT, pages::add);
  }

  static ByteArrayInputStream bytes(String order) {
    return new ByteArrayInputStream(order.getBytes(UTF_8));
  }

  private static void assertCause(ExtractionResult result, Cause cause) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Unreadable.class, unreadable -> assertThat(unreadable.cause()).isEqualTo(cause));
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    await(pid);
  }

  private static void await(long pid) {
    ProcessHandle.of(pid).ifPresent(child -> child.onExit().orTimeout(30, TimeUnit.SECONDS).join());
  }
}
