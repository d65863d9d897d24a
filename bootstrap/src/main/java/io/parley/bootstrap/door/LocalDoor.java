package io.parley.bootstrap.door;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The door of a process that owns a data directory: runs what it is asked for. */
public final class LocalDoor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalDoor.class);
  private static final int AT_ONCE = 4;
  private static final Duration CLOSING = Duration.ofSeconds(10);

  private final DoorPlace place;
  private final DoorKeeper keeper;
  private final ServerSocketChannel socket;
  private final Map<String, DoorCommand> commands;
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final Set<DoorVisit> visits = ConcurrentHashMap.newKeySet();

  private LocalDoor(
      DoorPlace place,
      DoorKeeper keeper,
      ServerSocketChannel socket,
      Map<String, DoorCommand> commands) {
    this.place = place;
    this.keeper = keeper;
    this.socket = socket;
    this.commands = Map.copyOf(commands);
  }

  /**
   * Opens the door. Where that cannot be done, one line in the log says so, and commands have to
   * wait until this process has ended.
   *
   * @param data the data directory, which this process owns
   * @param commands by name
   */
  public static AutoCloseable open(Path data, Map<String, DoorCommand> commands) {
    DoorPlace place = new DoorPlace(data);
    try {
      LocalDoor door = new LocalDoor(place, DoorKeeper.of(data), bound(place), commands);
      Thread.ofPlatform().daemon().name("parley-door").start(door::serve);
      return door;
    } catch (IOException | UnsupportedOperationException e) {
      LOG.warn("Commands cannot be run beside this server: {}", e.toString());
      return () -> {};
    }
  }

  private static ServerSocketChannel bound(DoorPlace place) throws IOException {
    Path path = place.make();
    ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      socket.bind(UnixDomainSocketAddress.of(path));
      // The directory around it was the owner's alone before the socket was there.
      if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      }
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private void serve() {
    while (socket.isOpen()) {
      try {
        admit(socket.accept());
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        LOG.warn("A command could not be let in: {}", e.toString());
      }
    }
  }

  private void admit(SocketChannel visitor) throws IOException {
    DoorLines lines = new DoorLines(visitor);
    if (!keeper.knows(visitor)) {
      refuse(visitor, lines, "Only the owner of the data directory may do that.");
    } else if (!free.tryAcquire()) {
      refuse(visitor, lines, "Too many commands run at the same time. Try again later.");
    } else {
      DoorVisit visit = new DoorVisit(visitor, lines, commands);
      visits.add(visit);
      Thread.ofPlatform().daemon().name("parley-command").start(() -> run(visit));
    }
  }

  private static void refuse(SocketChannel visitor, DoorLines lines, String why)
      throws IOException {
    try (visitor) {
      lines.write(Map.of(DoorVisit.ERROR, why));
    }
  }

  private void run(DoorVisit visit) {
    try {
      visit.run();
    } finally {
      visits.remove(visit);
      free.release();
    }
  }

  /** Lets nobody in any more, and ends the commands that run at their next step. */
  @Override
  public void close() {
    try {
      socket.close();
      place.clear();
    } catch (IOException e) {
      LOG.warn("The door could not be removed: {}", e.toString());
    }
    visits.forEach(DoorVisit::stop);
    try {
      if (!free.tryAcquire(AT_ONCE, CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("A command did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
