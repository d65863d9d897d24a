package io.parley.bootstrap.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Removes a directory at the end of the work in it, also when a signal ends it: then the thread
 * that works is interrupted first, so that it can close what it has opened there.
 */
final class CleanEnd implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread working = Thread.currentThread();
  private final Thread hook =
      Thread.ofPlatform().name("parley-clean-end").unstarted(this::onSignal);
  private final Path directory;

  private CleanEnd(Path directory) {
    this.directory = directory;
  }

  /** To be made by the thread that works there. */
  static CleanEnd of(Path directory) {
    CleanEnd end = new CleanEnd(directory);
    Runtime.getRuntime().addShutdownHook(end.hook);
    return end;
  }

  private void onSignal() {
    working.interrupt();
    boolean closed = false;
    try {
      closed = ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Directories.delete(directory);
    if (!closed) {
      System.err.println("parley: it took too long to stop; something may still run.");
    }
  }

  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // A signal ended it: the hook removes the directory.
    }
    Directories.delete(directory);
  }
}
