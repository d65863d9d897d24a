package io.parley.faults.server;

import io.parley.faults.ledger.Canary;
import io.parley.faults.ledger.Ledger;
import io.parley.faults.ledger.SampleText;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/**
 * One user who uploads so many documents, each at another server, and at the next one when that is
 * not there.
 */
final class Share implements Runnable {
  private static final long PAUSE_MILLIS = 100;

  private final List<User> atServers;
  private final Ledger ledger;
  private final Random random;
  private final int documents;
  private final int paragraphs;

  /**
   * @param atServers the user at each of the servers
   * @param paragraphs the longest document's
   */
  Share(List<User> atServers, Ledger ledger, long seed, int documents, int paragraphs) {
    this.atServers = atServers;
    this.ledger = ledger;
    this.random = new Random(seed);
    this.documents = documents;
    this.paragraphs = paragraphs;
  }

  @Override
  public void run() {
    try {
      for (int i = 0; i < documents; i++) {
        int length = 1 + paragraphs / 2 + random.nextInt((paragraphs + 1) / 2);
        upload(i, new SampleText(Canary.topic(random), Canary.next(random), length));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void upload(int first, SampleText text) throws InterruptedException {
    for (int at = first; !isKept(atServers.get(at % atServers.size()), text); at++) {
      Thread.sleep(PAUSE_MILLIS);
    }
    ledger.count("documents acknowledged");
  }

  private boolean isKept(User user, SampleText text) throws InterruptedException {
    try {
      return user.upload(text).isPresent();
    } catch (IOException e) {
      ledger.count(Demands.CUT_OFF);
      return false;
    }
  }
}
