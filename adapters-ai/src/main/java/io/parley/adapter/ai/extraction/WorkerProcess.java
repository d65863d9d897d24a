package io.parley.adapter.ai.extraction;

import io.parley.adapter.ai.extraction.worker.Frame;
import io.parley.adapter.ai.extraction.worker.PrivateFiles;
import io.parley.adapter.ai.extraction.worker.Request;
import io.parley.adapter.ai.extraction.worker.Wire;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One child, used by one thread at a time. A thread of its own reads what the child says into a
 * short queue, so that waiting has a limit and can be interrupted; when the queue is full, the
 * child waits in its turn.
 */
final class WorkerProcess {

  /** The one variable that it gets: without it, Java takes file names for ASCII. */
  static final String GIVEN = "LC_ALL";

  private static final int QUEUE = 4;
  private static final int STARTUP_WORDS = 2_000;

  private final Process process;
  private final Path scratch;
  private final BlockingQueue<Answer> answers = new ArrayBlockingQueue<>(QUEUE);
  private final Thread listener;
  private volatile String startup = "";
  private volatile boolean started;
  private int uses;

  /** What comes from a child. */
  sealed interface Answer {

    /** A frame. */
    record Said(Frame frame) implements Answer {}

    /** Nothing more: it ended, or said what is no frame. */
    record Gone() implements Answer {}
  }

  private WorkerProcess(Process process, Path scratch) {
    this.process = process;
    this.scratch = scratch;
    this.listener =
        Thread.ofPlatform().daemon().name("extraction-listener").unstarted(this::listen);
  }

  static WorkerProcess start(WorkerCommand command, Path directory) throws IOException {
    Path scratch = Files.createTempDirectory(directory, "worker-");
    ProcessBuilder builder =
        new ProcessBuilder(command.arguments(directory, scratch)).directory(scratch.toFile());
    builder.environment().clear();
    builder.environment().put(GIVEN, "C.UTF-8");
    WorkerProcess worker = new WorkerProcess(builder.start(), scratch);
    worker.listener.start();
    Thread.ofPlatform().daemon().name("extraction-errors").start(worker::drainErrors);
    return worker;
  }

  private void listen() {
    try (InputStream in = new BufferedInputStream(process.getInputStream(), 65_536)) {
      for (Frame frame = Wire.read(in); frame != null; frame = Wire.read(in)) {
        answers.put(new Answer.Said(frame));
      }
    } catch (IOException | RuntimeException e) {
      endOrDestroy();
    } catch (InterruptedException e) {
      return;
    }
    try {
      answers.put(new Answer.Gone());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * A JVM that runs out of memory says so on its output, which is no frame, and then ends with a
   * status that tells why: it is given a moment to.
   */
  private void endOrDestroy() {
    try {
      if (!process.waitFor(1, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Empties the error stream. Only what precedes the first document is kept, and little of it. */
  private void drainErrors() {
    byte[] buffer = new byte[4096];
    StringBuilder words = new StringBuilder();
    try (InputStream errors = process.getErrorStream()) {
      for (int read = errors.read(buffer); read >= 0; read = errors.read(buffer)) {
        if (!started && words.length() < STARTUP_WORDS) {
          words.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
          startup = words.toString();
        }
      }
    } catch (IOException e) {
      // The child is gone.
    }
  }

  /** What a child that did not come up said about it; holds no document. */
  String startupWords() {
    String words = startup;
    return words.substring(0, Math.min(words.length(), STARTUP_WORDS)).strip();
  }

  void send(Request request) throws IOException {
    started = true;
    uses++;
    Wire.write(process.getOutputStream(), request);
  }

  /** The next answer, null when there is none within the time. */
  @Nullable Answer await(Duration time) throws InterruptedException {
    return answers.poll(Math.max(time.toNanos(), 1), TimeUnit.NANOSECONDS);
  }

  /** How the child ended, -1 when it does not end. */
  int exitCode() throws InterruptedException {
    return process.waitFor(5, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  /** Files given to it so far. */
  int uses() {
    return uses;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** Ends the child at once and removes what it left. */
  void kill() {
    process.destroyForcibly();
    listener.interrupt();
    boolean interrupted = Thread.interrupted();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    PrivateFiles.removeAll(scratch);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
