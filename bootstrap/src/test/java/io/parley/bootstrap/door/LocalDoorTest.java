package io.parley.bootstrap.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalDoorTest {
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private Path data;

  @BeforeEach
  void aShortPath() throws IOException {
    data = Files.createTempDirectory("door-");
  }

  @AfterEach
  void removeIt() throws IOException {
    try (var all = Files.walk(data)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private AutoCloseable open(Path directory) {
    return LocalDoor.open(
        directory,
        Map.of(
            "echo",
            (arguments, progress) -> {
              progress.show("echoing");
              return Map.of("said", arguments, "twice", List.of(arguments, arguments));
            },
            "wait",
            (arguments, progress) -> waitForTheEnd(progress),
            "fail",
            (arguments, progress) -> {
              throw new DoorRefusal("It cannot be done.");
            }));
  }

  private Map<String, Object> waitForTheEnd(DoorProgress progress) {
    begun.countDown();
    try {
      while (true) {
        progress.show("waiting");
        Thread.sleep(5);
      }
    } catch (CommandStopped e) {
      stopped.countDown();
      throw e;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> run(Path directory, String command, List<String> progress) {
    try (DoorClient client = DoorClient.connect(directory).orElseThrow()) {
      return client.run(command, Map.of("text", "a\n\"b\" ü", "yes", true, "n", 7L), progress::add);
    }
  }

  @Test
  void aCommandGoesInAndItsProgressAndResultComeOut() throws Exception {
    List<String> progress = new ArrayList<>();
    try (AutoCloseable door = open(data)) {
      Map<String, Object> said = Map.of("text", "a\n\"b\" ü", "yes", true, "n", 7L);

      assertThat(run(data, "echo", progress))
          .isEqualTo(Map.of("said", said, "twice", List.of(said, said)));
      assertThat(progress).containsExactly("echoing");
    }
  }

  @Test
  void onlyItsOwnerCanOpenIt() throws Exception {
    try (AutoCloseable door = open(data)) {
      assertThat(Files.getPosixFilePermissions(data.resolve("parley.sock")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void somebodyElseIsSentAway() throws Exception {
    DoorKeeper keeper = new DoorKeeper(() -> "somebody else");
    Path socket = data.resolve("s");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket));
          SocketChannel visitor = server.accept()) {
        assertThat(keeper.knows(visitor)).isFalse();
        assertThat(DoorKeeper.of(data).knows(visitor)).isTrue();
        assertThat(client.isConnected()).isTrue();
      }
    }
  }

  @Test
  void whatCannotBeDoneIsSaid() throws Exception {
    try (AutoCloseable door = open(data)) {
      assertThatThrownBy(() -> run(data, "fail", new ArrayList<>()))
          .isInstanceOf(DoorRefusal.class)
          .hasMessage("It cannot be done.");
      assertThatThrownBy(() -> run(data, "unheard-of", new ArrayList<>()))
          .isInstanceOf(DoorRefusal.class)
          .hasMessageContaining("another version");
    }
  }

  @Test
  void nonsenseDoesNoHarm() throws Exception {
    try (AutoCloseable door = open(data)) {
      for (String nonsense : List.of("", "hello\n", "[1]\n", "{\"a\":null}\n", "{\n", "\n")) {
        try (SocketChannel channel =
            SocketChannel.open(UnixDomainSocketAddress.of(data.resolve("parley.sock")))) {
          channel.write(ByteBuffer.wrap(nonsense.getBytes(StandardCharsets.UTF_8)));
        }
      }
      assertThat(runOnceThereIsRoom("echo")).containsKey("said");
    }
  }

  /** Callers who are gone count for a moment still. */
  private Map<String, Object> runOnceThereIsRoom(String command) throws Exception {
    for (int tries = 0; ; tries++) {
      try {
        return run(data, command, new ArrayList<>());
      } catch (DoorRefusal e) {
        if (tries == 500 || !e.getMessage().startsWith("Too many")) {
          throw e;
        }
        Thread.sleep(20);
      }
    }
  }

  @Test
  void aCommandEndsWhenWhoeverAskedIsGone() throws Exception {
    try (AutoCloseable door = open(data)) {
      DoorClient client = DoorClient.connect(data).orElseThrow();
      Thread.ofVirtual()
          .start(() -> {
            try {
              client.run("wait", Map.of(), text -> {});
            } catch (DoorRefusal e) {
              // It is closed below.
            }
          });
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

      client.close();

      assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aCommandEndsWhenTheServerStops() throws Exception {
    AutoCloseable door = open(data);
    Thread caller =
        Thread.ofVirtual()
            .start(() ->
                assertThatThrownBy(() -> run(data, "wait", new ArrayList<>()))
                    .isInstanceOf(DoorRefusal.class));
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

    door.close();

    assertThat(stopped.await(0, TimeUnit.SECONDS)).isTrue();
    caller.join();
    assertThat(DoorClient.connect(data)).isEmpty();
    assertThat(data.resolve("parley.sock")).doesNotExist();
  }

  @Test
  void whatAKilledServerLeftBehindIsNobodyAndIsReplaced() throws Exception {
    assertThat(DoorClient.connect(data)).isEmpty();
    try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      killed.bind(UnixDomainSocketAddress.of(data.resolve("parley.sock")));
    }
    assertThat(data.resolve("parley.sock")).exists();
    assertThat(DoorClient.connect(data)).isEmpty();

    try (AutoCloseable door = open(data)) {
      assertThat(run(data, "echo", new ArrayList<>())).containsKey("said");
    }
  }

  @Test
  void aPathThatIsTooLongForASocketHasItsDoorElsewhere() throws Exception {
    Path deep = Files.createDirectories(data.resolve("x".repeat(60)).resolve("y".repeat(60)));
    Path elsewhere;
    try (AutoCloseable door = open(deep)) {
      assertThat(run(deep, "echo", new ArrayList<>())).containsKey("said");
      elsewhere = Path.of(Files.readString(deep.resolve("parley.door")).strip()).getParent();
      assertThat(Files.getPosixFilePermissions(elsewhere))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }
    assertThat(elsewhere).doesNotExist();
    assertThat(deep).isEmptyDirectory();
  }
}
