package io.parley.benchmarks.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Callers who each ask again as soon as they are answered. */
final class Readers {
  private static final long WARM_MILLIS = 15_000;

  private Readers() {}

  /** What is done meanwhile. */
  @FunctionalInterface
  interface Task {
    void run() throws IOException, InterruptedException;
  }

  static void during(Client client, String path, String[] bodies, int readers, Task task)
      throws IOException, InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger answered = new AtomicInteger();
    AtomicInteger failed = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int reader = 0; reader < readers; reader++) {
      int first = reader;
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                for (int i = first; !over.get(); i++) {
                  boolean fine = ask(client, path, bodies[i % bodies.length]);
                  (fine ? answered : failed).incrementAndGet();
                }
              }));
    }
    Thread.sleep(WARM_MILLIS);
    task.run();
    over.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.printf(
        Locale.ROOT,
        "%d readers: %d answers, %d failures%n",
        readers,
        answered.get(),
        failed.get());
  }

  private static boolean ask(Client client, String path, String body) {
    return client.status(client.posting(path, body)).handle((s, e) -> e == null && s == 200).join();
  }
}
