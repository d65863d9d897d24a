package io.parley.faults.step;

import io.parley.application.Parley;
import io.parley.application.conversation.Question;
import io.parley.application.document.IncomingFile;
import io.parley.application.document.UploadResult;
import io.parley.application.retrieval.SearchQuery;
import io.parley.domain.access.Access;
import io.parley.domain.access.Actor;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.access.UserScope;
import io.parley.domain.bot.BotId;
import io.parley.domain.bot.BotProfile;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.SourceId;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.FilterField;
import io.parley.domain.retrieval.FilterValue;
import io.parley.domain.retrieval.SearchMode;
import io.parley.faults.ledger.Ledger;
import io.parley.faults.ledger.SampleText;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Somebody who uses Parley and writes down what was promised. */
final class Client {
  private static final DocumentName NAME = DocumentName.of("lantern.txt");
  private static final int HITS = 50;

  private final Parley parley;
  private final Ledger ledger;
  private final Actor.Person person = ChildParley.owner();

  Client(Parley parley, Ledger ledger) {
    this.parley = parley;
    this.ledger = ledger;
  }

  UserScope user() {
    return Access.own(person);
  }

  BotId newBot() {
    return parley.createBot().create(user(), BotProfile.named("Lanterns")).id();
  }

  /** Empty once the bot is gone. */
  Optional<BotScope> scope(BotId bot) {
    return switch (parley.authorizeBot().check(person, bot, Permission.WRITE)) {
      case Access.Decision.Granted granted -> Optional.of(granted.scope());
      case Access.Decision.Forbidden _, Access.Decision.Hidden _ -> Optional.empty();
    };
  }

  SourceId upload(BotScope scope, SampleText text) {
    String deed = ledger.uploading(scope.bot().toString(), text);
    return kept(deed, parley.documents().upload().upload(scope, file(text)));
  }

  SourceId replace(BotScope scope, SourceId id, SampleText text) {
    String deed = ledger.replacing(id.toString(), text);
    return kept(deed, parley.documents().upload().replace(scope, id, file(text)));
  }

  private SourceId kept(String deed, UploadResult result) {
    Document document =
        switch (result) {
          case UploadResult.Taken taken -> taken.document();
          case UploadResult.Refused _ -> {
            ledger.violation("A good file was refused: " + result);
            throw new IllegalStateException(result.toString());
          }
        };
    ledger.kept(deed, document.id().toString(), document.version());
    return document.id();
  }

  private static IncomingFile file(SampleText text) {
    return new IncomingFile(NAME, Metadata.EMPTY, new ByteArrayInputStream(text.bytes()));
  }

  /** True when it was there. */
  boolean erase(BotScope scope, SourceId id) {
    String deed = ledger.erasing(id.toString());
    boolean begun = parley.documents().erase().eraseDocument(scope, id).isPresent();
    ledger.erased(deed);
    return begun;
  }

  void eraseBot(BotScope scope) {
    String deed = ledger.erasingBot(scope.bot().toString());
    var _ = parley.documents().erase().eraseBot(scope);
    ledger.erased(deed);
  }

  /** Asks for the work to end, and then for it to begin again. */
  void cancelAndRetry(BotScope scope, SourceId id) {
    ledger.cancelling(id.toString());
    var _ = parley.documents().cancel().cancel(scope, id);
    var again = parley.documents().upload().reopen(scope, id);
    if (again.isPresent()) {
      ledger.count("cancelled and begun again");
    }
  }

  Conversation talk(BotScope scope) {
    return parley.startConversation().start(user(), scope, null, Metadata.EMPTY).orElseThrow();
  }

  /** What was answered; empty when there is nothing left to ask. */
  String ask(BotScope scope, Conversation conversation, String question) {
    return parley
        .answerQuestion()
        .answer(user(), scope, conversation, Question.of(question), _ -> {}, () -> false)
        .map(exchange -> exchange.answer().message().content())
        .orElse("");
  }

  /** The texts that are found. */
  List<String> search(BotScope scope, String text, SearchMode mode) {
    return search(scope, text, mode, Filter.NONE);
  }

  /** The texts of one document that are found, however others are ranked. */
  List<String> searchIn(BotScope scope, SourceId id, String text, SearchMode mode) {
    FilterValue only = new FilterValue.Text(id.toString());
    return search(scope, text, mode, new Filter.Equal(FilterField.Known.DOCUMENT_ID, only));
  }

  private List<String> search(BotScope scope, String text, SearchMode mode, Filter filter) {
    return parley
        .searchKnowledge()
        .search(scope, new SearchQuery(text, HITS, mode, filter))
        .stream()
        .map(hit -> hit.found().chunk().content())
        .toList();
  }

  Optional<Document> find(BotScope scope, SourceId id) {
    return parley.documents().browse().find(scope, id);
  }

  boolean canBeOpened(BotScope scope, SourceId id) {
    return parley.documents().browse().preview(scope, id).isPresent();
  }

  Parley parley() {
    return parley;
  }

  Actor.Person person() {
    return person;
  }

  static BotId bot(String id) {
    return new BotId(UUID.fromString(id));
  }
}
