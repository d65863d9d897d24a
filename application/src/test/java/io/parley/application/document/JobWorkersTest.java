package io.parley.application.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.application.Bench;
import io.parley.application.background.WorkSignal;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.Step;
import io.parley.domain.port.persistence.Persistence;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class JobWorkersTest {
  private final Steps steps = new Steps();
  private final AtomicBoolean away = new AtomicBoolean();
  private final AtomicBoolean broken = new AtomicBoolean();
  private final List<String> refused = new CopyOnWriteArrayList<>();
  private final List<String> done = new CopyOnWriteArrayList<>();

  /** A database that may be away. */
  private Persistence database() {
    return (Persistence)
        proxy(
            Persistence.class,
            (_, method, arguments) -> {
              Object port = method.invoke(steps.bench.database, arguments);
              Class<?> type = method.getReturnType();
              return type.isInterface() ? proxy(type, unlessAway(port)) : port;
            });
  }

  private InvocationHandler unlessAway(Object port) {
    return (_, method, arguments) -> {
      if (away.get() || (broken.get() && method.getName().equals("retryLater"))) {
        refused.add(method.getName());
        throw Steps.unavailable();
      }
      try {
        Object answer = method.invoke(port, arguments);
        done.add(method.getName());
        return answer;
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    };
  }

  private static Object proxy(Class<?> type, InvocationHandler handler) {
    return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
  }

  @Test
  @Timeout(10)
  void workThatCouldNotBePutBackIsPutBackForLaterAsSoonAsTheQueueIsBack() throws Exception {
    Persistence database = database();
    SourceId id = steps.uploaded("One.");
    steps.bench.embedder.then(vectors -> {
      away.set(true);
      return vectors;
    });
    RunJob run = steps.worker(database, steps.blobs, steps.bench.embedder);
    InstantSource stopped = () -> steps.now; // the lease never expires
    try (JobWorkers workers =
        new JobWorkers(database.jobs(), run, new WorkSignal(), stopped, "server", 1)) {
      workers.start();
      // The work, its putting back, and that by the heartbeat.
      Bench.until(() -> refused.stream().filter("run"::equals).count() >= 3);
      done.clear();
      away.set(false);
      Bench.until(() -> done.contains("pause"));
      assertThat(done).contains("retryLater");
      assertThat(steps.claim()).as("at once").isEmpty();
      steps.now = steps.now.plusSeconds(2);
      while (!steps.bench.document(id).progress().step().reached(Step.EMBEDDED)) {
        Thread.sleep(5);
      }
    }
    assertThat(steps.completed(id).chunksCount()).isEqualTo(1);
  }

  @Test
  @Timeout(30)
  void leasesAreKeptWhileOtherWorkCannotBePutBack() throws Exception {
    Persistence database = database();
    steps.uploaded("One.");
    steps.uploaded("Two.");
    CountDownLatch end = new CountDownLatch(1);
    steps.bench.embedder.then(_ -> {
      broken.set(true);
      throw Steps.unavailable();
    });
    steps.bench.embedder.then(vectors -> {
      await(end);
      return vectors;
    });
    RunJob run = steps.worker(database, steps.blobs, steps.bench.embedder);
    try (JobWorkers workers =
        new JobWorkers(database.jobs(), run, new WorkSignal(), () -> steps.now, "server", 2)) {
      workers.start();
      Bench.until(() -> refused.stream().filter("retryLater"::equals).count() >= 2);
      steps.now = steps.now.plusSeconds(6);
      Bench.until(() -> done.contains("renew"));
      end.countDown();
      broken.set(false);
    }
    assertThat(refused).contains("retryLater");
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
