package io.parley.bootstrap.door;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The other end of a {@link LocalDoor}. */
public final class DoorClient implements AutoCloseable {
  private static final int LONGEST_ANSWER = 64 * 1024 * 1024;

  private final SocketChannel channel;
  private final DoorLines lines;

  private DoorClient(SocketChannel channel) {
    this.channel = channel;
    this.lines = new DoorLines(channel);
  }

  /** Knocks; empty when no process is there, whatever a killed one has left behind. */
  public static Optional<DoorClient> connect(Path data) {
    try {
      Optional<Path> socket = new DoorPlace(data).find();
      return socket.isPresent()
          ? Optional.of(
              new DoorClient(SocketChannel.open(UnixDomainSocketAddress.of(socket.get()))))
          : Optional.empty();
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  /**
   * Asks for a command and waits for its result.
   *
   * @throws DoorRefusal when it was not done
   */
  @SuppressWarnings("unchecked") // PlainJson makes maps of texts only
  public Map<String, Object> run(
      String command, Map<String, Object> arguments, Consumer<String> progress) {
    try {
      lines.write(Map.of(DoorVisit.COMMAND, command, DoorVisit.ARGUMENTS, arguments));
      while (true) {
        Map<String, Object> line = lines.read(LONGEST_ANSWER);
        if (line.get(DoorVisit.ERROR) instanceof String why) {
          throw new DoorRefusal(why);
        } else if (line.get(DoorVisit.RESULT) instanceof Map<?, ?> result) {
          return (Map<String, Object>) result;
        } else if (line.get(DoorVisit.PROGRESS) instanceof String text) {
          progress.accept(text);
        }
      }
    } catch (EOFException e) {
      throw new DoorRefusal("The server stopped before the command was through. Run it again.");
    } catch (IOException e) {
      throw new DoorRefusal("The running server could not be spoken to: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing more is wanted of it.
    }
  }
}
