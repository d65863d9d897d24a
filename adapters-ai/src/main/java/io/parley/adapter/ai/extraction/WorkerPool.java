package io.parley.adapter.ai.extraction;

import io.parley.adapter.ai.extraction.WorkerProcess.Answer;
import io.parley.adapter.ai.extraction.worker.Frame;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The children: started when needed, kept while they are used, ended when they are idle. */
final class WorkerPool implements AutoCloseable {

  static final String BACKEND = "The reader of files";

  private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);
  private static final Duration START = Duration.ofSeconds(20);

  private final WorkerCommand command;
  private final Path directory;
  private final Duration idleTime;
  private final Semaphore places;
  private final Deque<WorkerProcess> idle = new ArrayDeque<>();
  private final Set<WorkerProcess> all = new HashSet<>();
  private final ScheduledExecutorService reaper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("extraction-reaper").factory());
  private boolean closed;

  WorkerPool(WorkerCommand command, Path directory) {
    this.command = command;
    this.directory = directory;
    this.idleTime = command.config().idleTime();
    this.places = new Semaphore(command.config().maxChildren(), true);
  }

  /** Waits for a place, and gives a child that is up. */
  WorkerProcess acquire(boolean fresh) throws InterruptedException {
    places.acquire();
    WorkerProcess worker = null;
    try {
      worker = fresh ? null : takeIdle();
      worker = worker != null ? worker : start();
      return worker;
    } finally {
      if (worker == null) {
        places.release();
      }
    }
  }

  private synchronized @Nullable WorkerProcess takeIdle() {
    for (WorkerProcess next = idle.poll(); next != null; next = idle.poll()) {
      if (next.isAlive()) {
        return next;
      }
      end(next);
    }
    return null;
  }

  private WorkerProcess start() throws InterruptedException {
    WorkerProcess worker = launch();
    boolean ready = false;
    try {
      Answer first = worker.await(START);
      ready = first instanceof Answer.Said said && said.frame() instanceof Frame.Ready;
      if (!ready) {
        throw notUp(worker);
      }
      return worker;
    } finally {
      if (!ready) {
        end(worker);
      }
    }
  }

  private synchronized WorkerProcess launch() {
    if (closed) {
      throw closing();
    }
    try {
      WorkerProcess worker = WorkerProcess.start(command, directory);
      all.add(worker);
      return worker;
    } catch (IOException e) {
      throw new PortFailure(
          Kind.INVALID_CONFIGURATION,
          BACKEND,
          "The process that reads files cannot be started. Check that "
              + command.config().java()
              + " can be run and that "
              + directory
              + " can be written to.",
          e);
    }
  }

  private static PortFailure notUp(WorkerProcess worker) {
    LOG.warn("The process that reads files did not come up: {}", worker.startupWords());
    return new PortFailure(
        Kind.UNAVAILABLE,
        BACKEND,
        "The process that reads files did not come up. The server's log says why.",
        null);
  }

  static PortFailure closing() {
    return new PortFailure(
        Kind.UNAVAILABLE, BACKEND, "The reader of files is shutting down.", null);
  }

  /** Takes a child back; one that may have been harmed is ended. */
  void release(WorkerProcess worker, boolean reusable) {
    if (!reusable || !keep(worker)) {
      end(worker);
    }
    places.release();
  }

  private synchronized boolean keep(WorkerProcess worker) {
    if (closed) {
      return false;
    }
    idle.push(worker);
    int uses = worker.uses();
    Future<?> _ =
        reaper.schedule(() -> expire(worker, uses), idleTime.toNanos(), TimeUnit.NANOSECONDS);
    return true;
  }

  private void expire(WorkerProcess worker, int uses) {
    boolean expired;
    synchronized (this) {
      expired = worker.uses() == uses && idle.remove(worker);
    }
    if (expired) {
      end(worker);
    }
  }

  private void end(WorkerProcess worker) {
    worker.kill();
    synchronized (this) {
      all.remove(worker);
    }
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** The children's process ids. */
  synchronized List<Long> pids() {
    return all.stream().filter(WorkerProcess::isAlive).map(WorkerProcess::pid).toList();
  }

  @Override
  public void close() {
    List<WorkerProcess> left;
    synchronized (this) {
      closed = true;
      idle.clear();
      left = List.copyOf(all);
    }
    reaper.shutdownNow();
    left.forEach(this::end);
  }
}
