package io.parley.faults.step;

import io.parley.domain.access.BotScope;
import io.parley.domain.bot.BotId;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.document.SourceId;
import io.parley.domain.port.ListRequest;
import io.parley.domain.retrieval.SearchMode;
import io.parley.faults.ledger.Expectations;
import io.parley.faults.ledger.ExpectedDocument;
import io.parley.faults.ledger.ExpectedDocument.Erasing;
import io.parley.faults.ledger.Ledger;
import io.parley.faults.ledger.SampleText;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Tries to get back by asking, searching and reading what was erased. */
final class Recall {
  private static final ListRequest ALL = new ListRequest(0, 1_000);

  private final Client client;
  private final Ledger ledger;

  Recall(Client client, Ledger ledger) {
    this.client = client;
    this.ledger = ledger;
  }

  /** Of everything. */
  void attempt(Expectations expectations) {
    attempt(expectations, Integer.MAX_VALUE);
  }

  /** Of so many that were taken in last. */
  void attempt(Expectations expectations, int last) {
    List<ExpectedDocument> erased =
        expectations.documents().stream()
            .filter(d -> d.erasing() == Erasing.ACKNOWLEDGED)
            .filter(d -> expectations.bots().get(d.bot()) != Erasing.ACKNOWLEDGED)
            .toList();
    for (ExpectedDocument document :
        erased.subList(Math.max(0, erased.size() - last), erased.size())) {
      client.scope(Client.bot(document.bot())).ifPresent(scope -> attempt(scope, document));
    }
  }

  private void attempt(BotScope scope, ExpectedDocument erased) {
    String question = SampleText.question(erased.topic());
    for (SearchMode mode : SearchMode.values()) {
      client
          .search(scope, question + " " + String.join(" ", erased.canaries()), mode)
          .forEach(text -> require(text, erased, "a search"));
    }
    conversations(scope.bot()).forEach(talk -> read(talk, erased));
    require(client.ask(scope, client.talk(scope), question), erased, "a new answer");
    if (client.canBeOpened(scope, new SourceId(UUID.fromString(erased.id())))) {
      ledger.violation("An erased document can be opened: " + erased.id());
    }
    ledger.count("erased documents asked for");
  }

  private List<Conversation> conversations(BotId bot) {
    return client.parley().browseConversations().list(client.user(), bot, ALL).items();
  }

  private void read(Conversation talk, ExpectedDocument erased) {
    require(talk.title(), erased, "a title");
    var messages = client.parley().browseConversations().messages(client.person(), talk.id(), ALL);
    messages.stream()
        .flatMap(list -> list.items().stream())
        .forEach(message -> {
          require(message.message().content(), erased, "an old conversation");
          message.citations().forEach(c -> require(c.quote(), erased, "an old citation"));
        });
  }

  private void require(String text, ExpectedDocument erased, String where) {
    Optional<String> back = erased.canaries().stream().filter(text::contains).findAny();
    back.ifPresent(
        word -> ledger.violation("What was erased came back from " + where + ": " + word));
  }
}
