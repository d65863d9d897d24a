package io.parley.faults.step;

import io.parley.domain.access.BotScope;
import io.parley.domain.bot.BotId;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.SourceId;
import io.parley.domain.port.PortFailure;
import io.parley.domain.retrieval.SearchMode;
import io.parley.faults.ledger.Canary;
import io.parley.faults.ledger.Expectations;
import io.parley.faults.ledger.ExpectedDocument.Erasing;
import io.parley.faults.ledger.Ledger;
import io.parley.faults.ledger.SampleText;
import io.parley.testkit.fault.CountedCalls;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/**
 * What is done between two kills: take documents in, ask, replace, cancel, erase a document and a
 * bot. A request that fails is made once more, as a client does it.
 */
final class Flow {
  private static final int PARAGRAPHS = 3;
  private static final int LONG = 70;
  private static final int BOTS_LEFT = 2;

  private final Client client;
  private final Ledger ledger;
  private final CountedCalls calls;
  private final Quiet quiet;
  private final Random random;

  Flow(Client client, Ledger ledger, CountedCalls calls, Quiet quiet, Random random) {
    this.client = client;
    this.ledger = ledger;
    this.calls = calls;
    this.quiet = quiet;
    this.random = random;
  }

  void run(Expectations before) throws InterruptedException {
    BotId bot = twice(client::newBot);
    BotScope scope = twice(() -> client.scope(bot)).orElseThrow();
    SampleText text = text(PARAGRAPHS);
    SourceId document = twice(() -> client.upload(scope, text));
    SampleText doomedText = text(LONG);
    SourceId doomed = twice(() -> client.upload(scope, doomedText));
    awaitEnd(scope, document);
    sameAgain(scope, document, text);
    Conversation talk = twice(() -> client.talk(scope));
    ask(scope, talk, text);
    SampleText newer = new SampleText(text.topic(), Canary.next(random), PARAGRAPHS);
    replace(scope, document, text, newer);
    cancelled(scope);
    awaitEnd(scope, doomed);
    ask(scope, talk, doomedText);
    erase(scope, talk, doomed, doomedText);
    ask(scope, talk, newer);
    eraseOldBots(before);
  }

  private SampleText text(int paragraphs) {
    return new SampleText(Canary.topic(random), Canary.next(random), paragraphs);
  }

  private static <T> T twice(Supplier<T> request) {
    try {
      return request.get();
    } catch (PortFailure e) {
      return request.get();
    }
  }

  private void awaitEnd(BotScope scope, SourceId id) throws InterruptedException {
    if (!quiet.await(() -> hasEnded(scope, id))) {
      ledger.violation("A document did not end: " + id);
    }
  }

  private boolean hasEnded(BotScope scope, SourceId id) {
    boolean[] ended = new boolean[1];
    calls.uncounted(() -> {
      DocumentStatus status = client.find(scope, id).map(Document::status).orElseThrow();
      ended[0] = status == DocumentStatus.COMPLETE || status == DocumentStatus.ERROR;
    });
    return ended[0];
  }

  private void sameAgain(BotScope scope, SourceId id, SampleText text) {
    SourceId again = twice(() -> client.upload(scope, text));
    if (!again.equals(id)) {
      ledger.violation("The same bytes became another document: " + again + " after " + id);
    }
  }

  private void ask(BotScope scope, Conversation talk, SampleText text) {
    String answer = twice(() -> client.ask(scope, talk, text.question()));
    ledger.count(answer.contains(text.canary()) ? "answered" : "not answered");
  }

  private void replace(BotScope scope, SourceId id, SampleText older, SampleText newer)
      throws InterruptedException {
    try (Prober prober = Prober.start(client, calls, ledger, scope, id, older, newer)) {
      twice(() -> client.replace(scope, id, newer));
      awaitEnd(scope, id);
      prober.requireNewerFromNowOn();
    }
  }

  private void cancelled(BotScope scope) throws InterruptedException {
    SampleText text = text(LONG);
    SourceId id = twice(() -> client.upload(scope, text));
    twice(() -> {
      client.cancelAndRetry(scope, id);
      return true;
    });
    awaitEnd(scope, id);
  }

  private void erase(BotScope scope, Conversation talk, SourceId id, SampleText text) {
    twice(() -> client.erase(scope, id));
    calls.uncounted(() -> {
      for (SearchMode mode : SearchMode.values()) {
        requireGone(client.search(scope, text.question(), mode), text, mode.name());
      }
      requireGone(List.of(client.ask(scope, talk, text.question())), text, "an answer");
      if (client.find(scope, id).isPresent() || client.canBeOpened(scope, id)) {
        ledger.violation("An erased document is still shown: " + id);
      }
    });
  }

  private void requireGone(List<String> texts, SampleText erased, String where) {
    if (texts.stream().anyMatch(text -> text.contains(erased.canary()))) {
      ledger.violation("What was erased came back at once from " + where + ": " + erased.canary());
    }
  }

  /** Keeps the stores small, and erases whole bots on the way. */
  private void eraseOldBots(Expectations before) {
    List<String> left =
        before.bots().entrySet().stream()
            .filter(bot -> bot.getValue() != Erasing.ACKNOWLEDGED)
            .map(Map.Entry::getKey)
            .toList();
    for (String bot : left.subList(0, Math.max(0, left.size() - BOTS_LEFT))) {
      eraseBot(Client.bot(bot));
    }
  }

  /** One that is hidden already was erased by a request that got no answer. */
  private void eraseBot(BotId bot) {
    Optional<BotScope> scope = twice(() -> client.scope(bot));
    if (scope.isPresent()) {
      twice(() -> {
        client.eraseBot(scope.get());
        return true;
      });
    } else {
      ledger.erased(ledger.erasingBot(bot.toString()));
    }
  }
}
