package io.parley.application.background;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/**
 * Wakes the loops of this process as soon as there is work; other processes find it when they next
 * look.
 */
public final class WorkSignal {
  private final List<Semaphore> waiting = new CopyOnWriteArrayList<>();

  /** There is something to do. */
  public void raise() {
    waiting.forEach(Semaphore::release);
  }

  Semaphore listen() {
    Semaphore semaphore = new Semaphore(0);
    waiting.add(semaphore);
    return semaphore;
  }
}
