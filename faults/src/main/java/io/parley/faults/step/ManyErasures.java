package io.parley.faults.step;

import io.parley.domain.access.BotScope;
import io.parley.domain.bot.BotId;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.document.SourceId;
import io.parley.domain.port.PortFailure;
import io.parley.faults.ledger.Canary;
import io.parley.faults.ledger.Expectations;
import io.parley.faults.ledger.ExpectedDocument;
import io.parley.faults.ledger.ExpectedDocument.Erasing;
import io.parley.faults.ledger.Ledger;
import io.parley.faults.ledger.SampleText;
import io.parley.testkit.fault.CountedCalls;
import io.parley.testkit.fault.FaultInjector;
import io.parley.testkit.fault.FaultPoint;
import io.parley.testkit.fault.FaultPoint.Effect;
import io.parley.testkit.fault.FaultPoint.Moment;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Takes documents in, has answers written from them, and erases them all while calls break at
 * random, one after another; now and then the process is halted.
 */
final class ManyErasures {
  /** Documents taken in, and then erased, together. */
  static final int TOGETHER = 20;

  /** So often the process is halted instead, somewhere in the work that follows. */
  private static final int HALT_ONE_IN = 8;

  private static final int HALT_WITHIN = 60;
  private static final int FAIL_WITHIN = 8;
  private static final int TRIES = 5;

  private final Client client;
  private final Ledger ledger;
  private final CountedCalls calls;
  private final FaultInjector injector;
  private final Quiet quiet;
  private boolean halting;

  ManyErasures(
      Client client, Ledger ledger, CountedCalls calls, FaultInjector injector, Quiet quiet) {
    this.client = client;
    this.ledger = ledger;
    this.calls = calls;
    this.injector = injector;
    this.quiet = quiet;
  }

  /** Some together; the parent asks until there were enough. */
  void run(int atMost, long seed, Expectations before) throws SQLException, InterruptedException {
    Random random = new Random(seed);
    List<ExpectedDocument> left =
        before.documents().stream().filter(d -> d.erasing() != Erasing.ACKNOWLEDGED).toList();
    if (left.isEmpty()) {
      fill(Math.min(TOGETHER, atMost), random);
    } else {
      erase(left, random);
    }
  }

  private void fill(int documents, Random random) throws SQLException, InterruptedException {
    BotId bot = client.newBot();
    BotScope scope = client.scope(bot).orElseThrow();
    List<SampleText> texts = new ArrayList<>();
    for (int i = 0; i < documents; i++) {
      SampleText text = new SampleText(Canary.topic(random), Canary.next(random), 2);
      texts.add(text);
      var _ = client.upload(scope, text);
    }
    if (!quiet.await()) {
      ledger.violation("Documents did not become complete.");
    }
    Conversation talk = client.talk(scope);
    for (SampleText text : texts) {
      boolean answered = client.ask(scope, talk, text.question()).contains(text.canary());
      ledger.count(answered ? "answered" : "not answered");
    }
  }

  private void erase(List<ExpectedDocument> documents, Random random) {
    for (ExpectedDocument document : documents) {
      breakSomething(random);
      erase(document);
    }
  }

  private void breakSomething(Random random) {
    if (injector.broken().isPresent()) {
      ledger.count("faults while erasing");
    } else if (halting) {
      return;
    }
    calls.startOver();
    Moment moment = random.nextBoolean() ? Moment.BEFORE : Moment.AFTER;
    halting = random.nextInt(HALT_ONE_IN) == 0;
    Effect failure = random.nextBoolean() ? Effect.UNAVAILABLE : Effect.TIMEOUT;
    int number = 1 + random.nextInt(halting ? HALT_WITHIN : FAIL_WITHIN);
    injector.arm(new FaultPoint(FaultPoint.ANY, number, moment, halting ? Effect.HALT : failure));
  }

  private void erase(ExpectedDocument document) {
    SourceId id = new SourceId(UUID.fromString(document.id()));
    for (int tries = 1; ; tries++) {
      try {
        client.scope(Client.bot(document.bot())).ifPresent(scope -> client.erase(scope, id));
        return;
      } catch (PortFailure e) {
        if (tries == TRIES) {
          throw e;
        }
      }
    }
  }
}
