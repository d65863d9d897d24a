package io.parley.bootstrap.door;

import io.parley.domain.port.PortFailure;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One command that came through the door, from its question to its result. */
final class DoorVisit {
  static final String COMMAND = "command";
  static final String ARGUMENTS = "arguments";
  static final String PROGRESS = "progress";
  static final String RESULT = "result";
  static final String ERROR = "error";

  private static final Logger LOG = LoggerFactory.getLogger(DoorVisit.class);
  private static final int LONGEST_QUESTION = 64 * 1024;
  private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

  private final SocketChannel channel;
  private final DoorLines lines;
  private final Map<String, DoorCommand> commands;
  private volatile boolean stopped;
  private long shownAt = System.nanoTime() - PAUSE_NANOS;

  DoorVisit(SocketChannel channel, DoorLines lines, Map<String, DoorCommand> commands) {
    this.channel = channel;
    this.lines = lines;
    this.commands = commands;
  }

  void run() {
    try (channel) {
      Map<String, Object> question = lines.read(LONGEST_QUESTION);
      Thread.ofVirtual().name("parley-visitor").start(this::watch);
      lines.write(answer(question));
    } catch (IOException e) {
      LOG.info("A command's caller is gone: {}", e.toString());
    }
  }

  /** Ends the command at its next step. */
  void stop() {
    stopped = true;
  }

  private void watch() {
    try {
      lines.awaitEnd();
    } catch (IOException e) {
      // Gone, too.
    }
    stopped = true;
  }

  private Map<String, Object> answer(Map<String, Object> question) {
    DoorCommand command = commands.get(String.valueOf(question.get(COMMAND)));
    if (command == null) {
      return Map.of(ERROR, "The running server does not know this command. Is it another version?");
    }
    try {
      return Map.of(RESULT, command.run(arguments(question), this::show));
    } catch (CommandStopped | DoorRefusal e) {
      return Map.of(ERROR, String.valueOf(e.getMessage()));
    } catch (PortFailure e) {
      return Map.of(ERROR, e.sentence());
    } catch (RuntimeException | Error e) { // the caller must hear of it, and the door stay open
      LOG.error("a command failed", e);
      return Map.of(ERROR, "Something unexpected went wrong; the server's log says more.");
    }
  }

  @SuppressWarnings("unchecked") // PlainJson makes maps of texts only
  private static Map<String, Object> arguments(Map<String, Object> question) {
    return question.get(ARGUMENTS) instanceof Map<?, ?> given
        ? (Map<String, Object>) given
        : Map.of();
  }

  private void show(String text) {
    if (stopped) {
      throw new CommandStopped();
    }
    long now = System.nanoTime();
    if (now - shownAt < PAUSE_NANOS) {
      return;
    }
    shownAt = now;
    try {
      lines.write(Map.of(PROGRESS, text));
    } catch (IOException e) {
      throw new CommandStopped();
    }
  }
}
