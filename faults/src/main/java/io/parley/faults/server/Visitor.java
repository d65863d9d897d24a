package io.parley.faults.server;

import io.parley.faults.ledger.Ledger;
import io.parley.faults.ledger.SampleText;
import java.io.IOException;

/** A user who only looks around, without a pause. */
final class Visitor implements Runnable {
  private static final long PAUSE_MILLIS = 50;

  private final User user;
  private final Ledger ledger;
  private volatile boolean ended;

  Visitor(User user, Ledger ledger) {
    this.user = user;
    this.ledger = ledger;
  }

  void end() {
    ended = true;
  }

  @Override
  public void run() {
    try {
      while (!ended) {
        look();
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws InterruptedException {
    try {
      user.lookAround(SampleText.question("the lantern"));
    } catch (IOException e) {
      ledger.count(Demands.CUT_OFF);
    }
  }
}
