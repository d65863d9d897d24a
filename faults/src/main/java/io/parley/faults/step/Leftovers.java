package io.parley.faults.step;

import io.parley.domain.access.BotScope;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.SourceId;
import io.parley.faults.ledger.Expectations;
import io.parley.faults.ledger.ExpectedDocument;
import io.parley.faults.ledger.ExpectedDocument.Erasing;
import io.parley.faults.ledger.SampleText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What earlier flows left for later ones, also those that were halted. */
final class Leftovers {
  private final Client client;
  private final Expectations expectations;

  Leftovers(Client client, Expectations expectations) {
    this.client = client;
    this.expectations = expectations;
  }

  /** A document that answers. */
  record Held(BotScope scope, SourceId id, SampleText text) {}

  /** The newest bot. */
  Optional<BotScope> bot() {
    return bots().reversed().stream().flatMap(bot -> client.scope(bot).stream()).findFirst();
  }

  /** Bots that nobody has asked to erase with success, the oldest first. */
  List<BotId> bots() {
    return expectations.bots().entrySet().stream()
        .filter(bot -> bot.getValue() != Erasing.ACKNOWLEDGED)
        .map(Map.Entry::getKey)
        .map(Client::bot)
        .toList();
  }

  /** How many documents are there. */
  long documents() {
    return expectations.documents().stream()
        .filter(document -> document.erasing() == Erasing.NO)
        .count();
  }

  /** One whose text is known for sure. */
  Optional<Held> document() {
    return List.copyOf(expectations.documents()).reversed().stream()
        .filter(d -> d.erasing() == Erasing.NO && !d.cancelling() && d.unsure().isEmpty())
        .flatMap(d -> held(d).stream())
        .findFirst();
  }

  private Optional<Held> held(ExpectedDocument document) {
    SourceId id = new SourceId(UUID.fromString(document.id()));
    return document
        .newest()
        .map(content -> new SampleText(document.topic(), content.canary(), 1))
        .flatMap(text ->
            client
                .scope(Client.bot(document.bot()))
                .filter(scope -> isComplete(scope, id))
                .map(scope -> new Held(scope, id, text)));
  }

  private boolean isComplete(BotScope scope, SourceId id) {
    return client
        .find(scope, id)
        .map(Document::status)
        .equals(Optional.of(DocumentStatus.COMPLETE));
  }
}
