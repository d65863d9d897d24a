package io.parley.testkit.persistence;

import io.parley.domain.port.persistence.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** Runs calls on several threads at once. */
final class Together {

  /** Long enough for a call that waits for nobody to end. */
  private static final long MEANWHILE_MILLIS = 250;

  private Together() {}

  /**
   * Runs the second call while the first one's transaction is not yet committed. Where the two wait
   * for one another, the second ends after the commit.
   */
  static void whileOpen(Transactions transactions, Runnable first, Runnable second) {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> meanwhile =
          transactions.inTransaction(() -> {
            first.run();
            Future<?> started = executor.submit(second);
            awaitAWhile(started);
            return started;
          });
      meanwhile.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static void awaitAWhile(Future<?> call) {
    try {
      call.get(MEANWHILE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // It waits for the commit, or its failure is seen after it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static <T> List<T> run(int threads, Callable<T> call) {
    CyclicBarrier barrier = new CyclicBarrier(threads);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> futures =
          IntStream.range(0, threads)
              .mapToObj(i ->
                  executor.submit(() -> {
                    barrier.await();
                    return call.call();
                  }))
              .toList();
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
