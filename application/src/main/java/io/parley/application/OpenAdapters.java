package io.parley.application;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was opened for one Parley, closed in the opposite order whatever happens. */
final class OpenAdapters implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenAdapters.class);

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  void add(AutoCloseable adapters) {
    opened.push(adapters);
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      close(opened.pop());
    }
  }

  private static void close(AutoCloseable adapters) {
    try {
      adapters.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn("An adapter could not be closed", e);
    }
  }
}
