package io.parley.adapter.web.stream;

import java.util.function.BooleanSupplier;

/** Turns true once an answer need not go on: nobody listens, or the server cannot wait for it. */
public final class Patience implements BooleanSupplier {
  private final Stopping stopping;
  private final BooleanSupplier gone;
  private volatile boolean ended;

  public Patience(Stopping stopping, BooleanSupplier gone) {
    this.stopping = stopping;
    this.gone = gone;
  }

  @Override
  public boolean getAsBoolean() {
    if (stopping.isLate()) {
      ended = true;
    }
    return ended || gone.getAsBoolean();
  }

  /** Refuses what was cut short because the server stops, with a problem that says to try again. */
  public void check() {
    if (ended) {
      throw Stopping.refusal();
    }
  }
}
