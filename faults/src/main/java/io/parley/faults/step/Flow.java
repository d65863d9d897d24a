package io.parley.faults.step;

import io.parley.domain.access.BotScope;
import io.parley.domain.bot.BotId;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.document.SourceId;
import io.parley.faults.ledger.SampleText;
import io.parley.faults.step.Leftovers.Held;
import java.util.List;

/**
 * What is done until a process is halted. What a flow needs is made before its calls are counted,
 * unless an earlier one left it.
 */
final class Flow {
  /** So many documents are kept while others come and go. */
  private static final int DOCUMENTS_LEFT = 10;

  private final Deeds deeds;
  private final Leftovers leftovers;
  private final Reconciler reconciler;
  private final Quiet quiet;

  Flow(Deeds deeds, Leftovers leftovers, Reconciler reconciler, Quiet quiet) {
    this.deeds = deeds;
    this.leftovers = leftovers;
    this.reconciler = reconciler;
    this.quiet = quiet;
  }

  /** Ready to be run. */
  @FunctionalInterface
  interface Prepared {
    void run() throws InterruptedException;
  }

  Prepared prepare(FlowKind kind) throws Exception {
    makeRoom();
    Prepared prepared =
        switch (kind) {
          case INGEST -> this::ingest;
          case LONG -> taking(bot());
          case REPLACE -> replacing(document());
          case CANCEL -> cancelling(bot());
          case ERASE -> erasing(document());
          case ERASE_BOT -> erasingBot(oldBot());
          case RECONCILE -> reconciling();
          case WHOLE -> this::whole;
        };
    var _ = quiet.await();
    return prepared;
  }

  private void makeRoom() {
    if (leftovers.documents() > DOCUMENTS_LEFT) {
      List<BotId> bots = leftovers.bots();
      bots.subList(0, (bots.size() + 1) / 2).forEach(deeds::eraseBot);
    }
  }

  private BotScope bot() {
    return leftovers.bot().orElseGet(deeds::newBot);
  }

  private Held document() throws InterruptedException {
    Held left = leftovers.document().orElse(null);
    return left == null ? newDocument() : left;
  }

  private Held newDocument() throws InterruptedException {
    BotScope scope = deeds.newBot();
    SampleText text = deeds.text();
    SourceId id = deeds.upload(scope, text);
    deeds.awaitEnd(scope, id);
    return new Held(scope, id, text);
  }

  private BotId oldBot() throws InterruptedException {
    List<BotId> bots = leftovers.bots();
    return bots.isEmpty() ? newDocument().scope().bot() : bots.getFirst();
  }

  private void ingest() throws InterruptedException {
    BotScope scope = deeds.newBot();
    SampleText text = deeds.text();
    SourceId document = deeds.upload(scope, text);
    deeds.awaitEnd(scope, document);
    deeds.sameAgain(scope, document, text);
    deeds.ask(scope, deeds.talk(scope), text);
  }

  private Prepared taking(BotScope scope) {
    return () -> deeds.awaitEnd(scope, deeds.upload(scope, deeds.longText()));
  }

  private Prepared replacing(Held held) {
    return () -> {
      var _ = deeds.replace(held.scope(), held.id(), held.text());
    };
  }

  private Prepared cancelling(BotScope scope) {
    return () -> deeds.cancel(scope);
  }

  private Prepared erasing(Held held) {
    Conversation talk = deeds.talk(held.scope());
    deeds.ask(held.scope(), talk, held.text());
    return () -> deeds.erase(held.scope(), talk, held.id(), held.text());
  }

  private Prepared erasingBot(BotId bot) {
    return () -> deeds.eraseBot(bot);
  }

  private Prepared reconciling() throws java.io.IOException {
    reconciler.plantUnfinishedUpload();
    reconciler.age();
    return reconciler::reconcile;
  }

  private void whole() throws InterruptedException {
    BotScope scope = deeds.newBot();
    SampleText text = deeds.text();
    SourceId document = deeds.upload(scope, text);
    SampleText doomedText = deeds.longText();
    SourceId doomed = deeds.upload(scope, doomedText);
    deeds.awaitEnd(scope, document);
    deeds.sameAgain(scope, document, text);
    Conversation talk = deeds.talk(scope);
    deeds.ask(scope, talk, text);
    SampleText newer = deeds.replace(scope, document, text);
    deeds.cancel(scope);
    deeds.awaitEnd(scope, doomed);
    deeds.ask(scope, talk, doomedText);
    deeds.erase(scope, talk, doomed, doomedText);
    deeds.ask(scope, talk, newer);
  }
}
