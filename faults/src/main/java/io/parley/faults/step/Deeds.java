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
import io.parley.faults.ledger.Ledger;
import io.parley.faults.ledger.SampleText;
import io.parley.testkit.fault.CountedCalls;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/**
 * What clients do, and what they require of it. A request that fails is made once more, as a client
 * does it.
 */
final class Deeds {
  private static final int PARAGRAPHS = 3;

  /** More than are embedded at once. */
  private static final int LONG = 70;

  private final Client client;
  private final Ledger ledger;
  private final CountedCalls calls;
  private final Quiet quiet;
  private final Random random;

  Deeds(Client client, Ledger ledger, CountedCalls calls, Quiet quiet, Random random) {
    this.client = client;
    this.ledger = ledger;
    this.calls = calls;
    this.quiet = quiet;
    this.random = random;
  }

  private static <T> T twice(Supplier<T> request) {
    try {
      return request.get();
    } catch (PortFailure e) {
      return request.get();
    }
  }

  BotScope newBot() {
    BotId bot = twice(client::newBot);
    return twice(() -> client.scope(bot)).orElseThrow();
  }

  SampleText text() {
    return text(PARAGRAPHS);
  }

  SampleText longText() {
    return text(LONG);
  }

  private SampleText text(int paragraphs) {
    return new SampleText(Canary.topic(random), Canary.next(random), paragraphs);
  }

  SourceId upload(BotScope scope, SampleText text) {
    return twice(() -> client.upload(scope, text));
  }

  void awaitEnd(BotScope scope, SourceId id) throws InterruptedException {
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

  void sameAgain(BotScope scope, SourceId id, SampleText text) {
    SourceId again = upload(scope, text);
    if (!again.equals(id)) {
      ledger.violation("The same bytes became another document: " + again + " after " + id);
    }
  }

  Conversation talk(BotScope scope) {
    return twice(() -> client.talk(scope));
  }

  void ask(BotScope scope, Conversation talk, SampleText text) {
    String answer = twice(() -> client.ask(scope, talk, text.question()));
    ledger.count(answer.contains(text.canary()) ? "answered" : "not answered");
  }

  /** The newer text. */
  SampleText replace(BotScope scope, SourceId id, SampleText older) throws InterruptedException {
    SampleText newer = new SampleText(older.topic(), Canary.next(random), PARAGRAPHS);
    try (Prober prober =
        Prober.start(
            mode -> client.searchIn(scope, id, older.question(), mode),
            calls,
            ledger,
            older,
            newer)) {
      twice(() -> client.replace(scope, id, newer));
      awaitEnd(scope, id);
      prober.requireNewerFromNowOn();
    }
    return newer;
  }

  void cancel(BotScope scope) throws InterruptedException {
    SourceId id = upload(scope, longText());
    twice(() -> {
      client.cancelAndRetry(scope, id);
      return true;
    });
    awaitEnd(scope, id);
  }

  void erase(BotScope scope, Conversation talk, SourceId id, SampleText text) {
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

  /** One that is hidden already was erased by a request that got no answer. */
  void eraseBot(BotId bot) {
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
