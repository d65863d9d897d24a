package io.parley.bootstrap.server;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been opened, closed in the opposite order whatever happens; then the first failure is
 * told.
 */
final class Closing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  synchronized <T extends AutoCloseable> T add(T resource) {
    opened.push(resource);
    return resource;
  }

  /** Closes what was opened before a failure, which is the one to be told. */
  void closeAfter(RuntimeException failure) {
    try {
      close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public void close() {
    RuntimeException first = null;
    for (AutoCloseable resource = last(); resource != null; resource = last()) {
      try {
        resource.close();
      } catch (Exception e) {
        LOG.warn("{} could not be closed", resource.getClass().getSimpleName(), e);
        first = first == null ? unchecked(e) : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private synchronized @Nullable AutoCloseable last() {
    return opened.poll();
  }

  private static RuntimeException unchecked(Exception failure) {
    return failure instanceof RuntimeException known
        ? known
        : new IllegalStateException("Something could not be closed.", failure);
  }
}
