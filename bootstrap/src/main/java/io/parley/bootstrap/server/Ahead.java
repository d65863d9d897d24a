package io.parley.bootstrap.server;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Something that is opened on a thread of its own while the rest of the start goes on. Closing
 * waits for it, so that nothing stays open when another part fails.
 */
final class Ahead<T extends AutoCloseable> implements AutoCloseable {
  private final FutureTask<T> opening;

  private Ahead(FutureTask<T> opening) {
    this.opening = opening;
  }

  static <T extends AutoCloseable> Ahead<T> of(String name, Callable<T> open) {
    FutureTask<T> opening = new FutureTask<>(open);
    Thread.ofPlatform().name("open-" + name).start(opening);
    return new Ahead<>(opening);
  }

  /** Waits for it; fails as the opening failed. */
  T get() {
    try {
      return opening.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("A part could not be opened.", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted at the start.", e);
    }
  }

  @Override
  public void close() {
    try {
      opening.get().close();
    } catch (ExecutionException e) {
      // There is nothing to close, and get() told why.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException("A part could not be closed.", e);
    }
  }
}
