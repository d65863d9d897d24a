package io.parley.bootstrap.command;

import io.parley.adapter.persistence.embedded.DataDirectoryLock;
import io.parley.bootstrap.door.CommandStopped;
import io.parley.bootstrap.door.DoorClient;
import io.parley.bootstrap.door.DoorRefusal;
import io.parley.bootstrap.server.Installation;
import io.parley.bootstrap.settings.Settings;
import io.parley.domain.port.PortFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs a command in the process that owns the data directory: in the server that runs, through its
 * door, or here, when nobody owns it.
 */
final class InOwner {
  /** As long as a server takes to start or to stop at most. */
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Settings settings;
  private final ProgressLine progress;

  InOwner(Settings settings, ProgressLine progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Runs it.
   *
   * @throws DoorRefusal when it was not done
   */
  Map<String, Object> run(LocalCommand command, Map<String, Object> arguments)
      throws InterruptedException {
    Optional<DoorClient> server = server();
    if (server.isEmpty()) {
      return here(command, arguments); // says who owns it, if somebody still does
    }
    try (DoorClient door = server.get()) {
      return door.run(command.name(), arguments, progress::show);
    } finally {
      progress.clear();
    }
  }

  /** The server that owns the directory, once it has started; empty when there is none. */
  Optional<DoorClient> server() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Optional<DoorClient> server = DoorClient.connect(settings.dataDirectory());
      boolean owned = DataDirectoryLock.isHeld(settings.dataDirectory());
      if (server.isPresent() || !owned || System.nanoTime() > deadline) {
        return server;
      }
      progress.show("Waiting for the server…");
      Thread.sleep(PAUSE);
    }
  }

  private Map<String, Object> here(LocalCommand command, Map<String, Object> arguments) {
    progress.show("Starting…");
    try (Ending ending = Ending.begin();
        Installation installation = Installation.open(settings)) {
      return command.run(
          installation,
          arguments,
          text -> {
            ending.requireGoingOn();
            progress.show(text);
          });
    } catch (PortFailure e) {
      throw new DoorRefusal(e.sentence());
    } finally {
      progress.clear();
    }
  }

  /** A signal ends the work at its next step, and the process once all is closed. */
  private static final class Ending implements AutoCloseable {
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().name("parley-ending").unstarted(this::onSignal);
    private volatile boolean told;

    static Ending begin() {
      Ending ending = new Ending();
      Runtime.getRuntime().addShutdownHook(ending.hook);
      return ending;
    }

    private void onSignal() {
      told = true;
      try {
        if (!closed.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
          System.err.println("parley: it took too long to stop.");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    void requireGoingOn() {
      if (told) {
        throw new CommandStopped();
      }
    }

    @Override
    public void close() {
      closed.countDown();
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // It is running already.
      }
    }
  }
}
