package io.parley.faults.server;

import io.parley.faults.ledger.Canary;
import io.parley.faults.ledger.Ledger;
import io.parley.faults.ledger.SampleText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One user who uploads, replaces, asks and erases without a pause, whether the server is there or
 * not.
 */
final class Load implements Runnable {
  private static final int LONGEST = 8;
  private static final int DOCUMENTS = 12;
  private static final long PAUSE_MILLIS = 20;
  private static final long PAUSE_WITHOUT_SERVER_MILLIS = 200;

  private final User user;
  private final Ledger ledger;
  private final Random random;
  private final List<SampleText> texts = new ArrayList<>();
  private final List<String> documents = new ArrayList<>();
  private volatile boolean ended;

  Load(User user, Ledger ledger, long seed) {
    this.user = user;
    this.ledger = ledger;
    this.random = new Random(seed);
  }

  void end() {
    ended = true;
  }

  @Override
  public void run() {
    while (!ended) {
      try {
        user.staySignedIn();
        act();
        Thread.sleep(PAUSE_MILLIS);
      } catch (IOException e) {
        ledger.count(Demands.CUT_OFF);
        pause();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_WITHOUT_SERVER_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void act() throws IOException, InterruptedException {
    if (documents.size() < 2) {
      upload();
      return;
    }
    int one = random.nextInt(documents.size());
    switch (documents.size() > DOCUMENTS ? 0 : random.nextInt(4)) {
      case 0 -> erase(one);
      case 1 -> replace(one);
      case 2 -> ask(texts.get(one));
      default -> upload();
    }
  }

  private void upload() throws IOException, InterruptedException {
    SampleText text = text(Canary.topic(random));
    user.upload(text)
        .ifPresent(id -> {
          ledger.count("documents acknowledged");
          documents.add(id);
          texts.add(text);
        });
  }

  private SampleText text(String topic) {
    return new SampleText(topic, Canary.next(random), 1 + random.nextInt(LONGEST));
  }

  private void replace(int one) throws IOException, InterruptedException {
    SampleText text = text(texts.get(one).topic());
    if (user.replace(documents.get(one), text)) {
      ledger.count("versions acknowledged");
      texts.set(one, text);
    }
  }

  private void ask(SampleText text) throws IOException, InterruptedException {
    ledger.count(user.ask(text.question()).contains(text.canary()) ? "answered" : "not answered");
  }

  /** Once it is erased, nobody may be told of it. */
  private void erase(int one) throws IOException, InterruptedException {
    String document = documents.remove(one);
    SampleText text = texts.remove(one);
    while (!tried(document)) {
      if (ended) {
        return;
      }
      pause();
    }
    ledger.count("erasures acknowledged");
    if (user.ask(text.question()).contains(text.canary())) {
      ledger.violation("What was erased came back from an answer: " + text.canary());
    }
  }

  private boolean tried(String document) throws InterruptedException {
    try {
      return user.erase(document);
    } catch (IOException e) {
      ledger.count(Demands.CUT_OFF);
      return false;
    }
  }
}
