package io.parley.faults.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.faults.RunReport;
import io.parley.faults.check.Violation;
import io.parley.faults.ledger.SampleText;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Some who ask for what is known to be there, without a pause, and compare each answer with it. Who
 * gets none from one server asks the others, as a load balancer does; none from all is a violation.
 */
final class Asking implements AutoCloseable {
  private static final long PAUSE_MILLIS = 50;

  private final List<User> atServers;
  private final List<Map.Entry<String, SampleText>> known;
  private final RunReport report;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean mayWait;
  private volatile boolean ended;

  private Asking(List<User> atServers, Map<String, SampleText> known, RunReport report) {
    this.atServers = List.copyOf(atServers);
    this.known = List.copyOf(known.entrySet());
    this.report = report;
  }

  /**
   * Begins.
   *
   * @param atServers the one who knows the documents, at each of the servers
   */
  static Asking begin(
      List<User> atServers,
      Map<String, SampleText> known,
      RunReport report,
      Random random,
      int askers) {
    Asking asking = new Asking(atServers, known, report);
    for (int i = 0; i < askers; i++) {
      Random own = new Random(random.nextLong());
      asking.threads.add(Thread.ofPlatform().start(() -> asking.askOnAndOn(own)));
    }
    return asking;
  }

  /** While no server is there: who asks waits for one. */
  void mayWait(boolean value) {
    mayWait = value;
  }

  private void askOnAndOn(Random random) {
    try {
      while (!ended) {
        Map.Entry<String, SampleText> document = known.get(random.nextInt(known.size()));
        ask(document.getKey(), document.getValue(), random.nextInt(atServers.size()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Each document once, at each server. */
  void everything() throws InterruptedException {
    for (Map.Entry<String, SampleText> document : known) {
      for (int at = 0; at < atServers.size(); at++) {
        ask(document.getKey(), document.getValue(), at);
      }
    }
  }

  private void ask(String document, SampleText text, int first) throws InterruptedException {
    right("searches", document, first, user -> finds(user, document, text));
    right("answers", document, first, user -> answers(user, text));
    right("original files", document, first, user -> shows(user, document, text));
  }

  /** What one of the servers is asked; empty when it has no answer. */
  @FunctionalInterface
  private interface Question {
    Outcome at(User user) throws IOException, InterruptedException;
  }

  private enum Outcome {
    RIGHT,
    WRONG,
    NONE
  }

  private void right(String what, String document, int first, Question question)
      throws InterruptedException {
    boolean waited = mayWait;
    long begun = System.nanoTime();
    Outcome outcome = everywhere(first, question);
    for (waited |= mayWait; outcome == Outcome.NONE && waited; waited = mayWait) {
      Thread.sleep(PAUSE_MILLIS);
      begun = System.nanoTime();
      outcome = everywhere(first, question);
    }
    report.count(what);
    report.most(
        "ms for one of the " + what, Duration.ofNanos(System.nanoTime() - begun).toMillis());
    if (outcome != Outcome.RIGHT) {
      report.count(outcome == Outcome.WRONG ? what + " that were wrong" : what + " without one");
      report.violation(
          new Violation("an answer that is not right", what), outcome + " " + document);
    }
  }

  private Outcome everywhere(int first, Question question) throws InterruptedException {
    Outcome outcome = Outcome.NONE;
    for (int i = 0; i < atServers.size() && outcome == Outcome.NONE; i++) {
      outcome = asked(atServers.get((first + i) % atServers.size()), question);
    }
    return outcome;
  }

  private Outcome asked(User user, Question question) throws InterruptedException {
    try {
      return question.at(user);
    } catch (IOException e) {
      report.count("servers that did not answer");
      return Outcome.NONE;
    }
  }

  private static Outcome finds(User user, String document, SampleText text)
      throws IOException, InterruptedException {
    Answer answer = user.search(text.topic());
    if (answer.comeBackLater()) {
      return Outcome.NONE;
    }
    for (JsonNode found : answer.required().path("results")) {
      if (found.path("document_id").asText().equals(document)
          && found.path("content").asText().contains(text.canary())) {
        return Outcome.RIGHT;
      }
    }
    return Outcome.WRONG;
  }

  private static Outcome answers(User user, SampleText text)
      throws IOException, InterruptedException {
    String said = user.ask(text.question());
    if (said.isEmpty()) {
      return Outcome.NONE;
    }
    return said.contains(text.canary()) ? Outcome.RIGHT : Outcome.WRONG;
  }

  private static Outcome shows(User user, String document, SampleText text)
      throws IOException, InterruptedException {
    boolean right = Arrays.equals(user.original(document), text.bytes());
    if (!right) { // a link ends when its file moves between the two calls: another one is right
      right = Arrays.equals(user.original(document), text.bytes());
    }
    return right ? Outcome.RIGHT : Outcome.WRONG;
  }

  /** Waits until the last answers have come. */
  void end() throws IOException, InterruptedException {
    ended = true;
    Deadline.join(threads);
  }

  @Override
  public void close() {
    ended = true;
    threads.forEach(Thread::interrupt);
  }
}
