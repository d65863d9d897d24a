package io.parley.application.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.application.background.WorkSignal;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.Step;
import io.parley.domain.port.persistence.Persistence;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class JobWorkersTest {
  private final Steps steps = new Steps();
  private final AtomicBoolean away = new AtomicBoolean();

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
      if (away.get()) {
        throw Steps.unavailable();
      }
      try {
        return method.invoke(port, arguments);
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
  void workThatCouldNotBePutBackIsGoneOnWithAsSoonAsTheQueueIsBack() throws Exception {
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
      while (!away.get()) {
        Thread.sleep(5);
      }
      Thread.sleep(50);
      away.set(false);
      while (!steps.bench.document(id).progress().step().reached(Step.EMBEDDED)) {
        Thread.sleep(5);
      }
    }
    assertThat(steps.completed(id).chunksCount()).isEqualTo(1);
  }
}
