package io.parley.application;

import io.parley.application.conversation.AnswerQuestion;
import io.parley.application.conversation.Exchange;
import io.parley.application.conversation.Question;
import io.parley.application.document.IncomingFile;
import io.parley.application.document.UploadResult;
import io.parley.application.retrieval.SearchQuery;
import io.parley.domain.access.Access;
import io.parley.domain.access.Actor;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.access.UserScope;
import io.parley.domain.account.TenantId;
import io.parley.domain.account.User;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.Bot;
import io.parley.domain.bot.BotProfile;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.SourceId;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.Secret;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.retrieval.SearchHit;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A bot for a program that has no users of its own: hand it documents, ask it questions. */
public final class LocalBot {
  private static final String USER = "local-user";
  private static final long LOOK_AGAIN_MILLIS = 50;
  private static final ListRequest BOTS = new ListRequest(0, 1000);

  private final Parley parley;
  private final UserScope user;
  private final BotScope scope;
  private final Conversation conversation;

  private LocalBot(Parley parley, UserScope user, BotScope scope) {
    this.parley = parley;
    this.user = user;
    this.scope = scope;
    this.conversation =
        parley
            .startConversation()
            .start(user, scope, null, Metadata.EMPTY)
            .orElseThrow(LocalBot::erased);
  }

  static LocalBot open(Parley parley, Persistence persistence, ParleyBuilder parts, String name) {
    Actor.Person person = person(persistence, parts);
    UserScope user = Access.own(person);
    Bot bot =
        persistence.bots().list(user, BOTS).items().stream()
            .filter(b -> b.profile().name().equals(name))
            .findFirst()
            .orElseGet(() -> parley.createBot().create(user, BotProfile.named(name)));
    return switch (parley.authorizeBot().check(person, bot.id(), Permission.WRITE)) {
      case Access.Decision.Granted granted -> new LocalBot(parley, user, granted.scope());
      case Access.Decision.Forbidden _, Access.Decision.Hidden _ -> throw erased();
    };
  }

  private static IllegalStateException erased() {
    return new IllegalStateException("The bot was erased just now.");
  }

  private static Actor.Person person(Persistence persistence, ParleyBuilder parts) {
    Secret kept =
        persistence.secrets().getOrCreate(USER, () -> new Secret(parts.ids.next().toString()));
    UserId id = new UserId(UUID.fromString(kept.reveal()));
    User user =
        persistence
            .users()
            .findForCredential(id)
            .orElseGet(() -> {
              User made = localUser(id, parts);
              persistence.users().register(made);
              return made;
            });
    return Actor.Person.of(user.tenant(), user.id(), false);
  }

  private static User localUser(UserId id, ParleyBuilder parts) {
    return new User(
        id,
        new TenantId(parts.ids.next()),
        null,
        null,
        null,
        null,
        null,
        0,
        false,
        true,
        false,
        parts.clock.instant(),
        null,
        User.FREE,
        null);
  }

  /**
   * Hands a text over; it can be asked about when it was taken in.
   *
   * @throws IllegalArgumentException with a sentence when the name or text cannot be used
   */
  public Document add(String name, String text) {
    return accepted(add(name, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
  }

  /** Hands a file over, whatever becomes of it. */
  public UploadResult add(String name, InputStream content) {
    return parley
        .documents()
        .upload()
        .upload(scope, new IncomingFile(DocumentName.of(name), Metadata.EMPTY, content));
  }

  private static Document accepted(UploadResult result) {
    return switch (result) {
      case UploadResult.Accepted a -> a.document();
      case UploadResult.AlreadyThere t -> t.document();
      case UploadResult.TooLarge l ->
          throw new IllegalArgumentException("At most " + l.maxBytes() + " bytes are allowed.");
      case UploadResult.Empty _ -> throw new IllegalArgumentException("There is nothing in it.");
      case UploadResult.Unsupported _ ->
          throw new IllegalArgumentException("This is not a type of file that Parley reads.");
      case UploadResult.Gone _ -> throw erased();
      case UploadResult.TooManyWaiting _, UploadResult.QueueFull _ ->
          throw new IllegalStateException(
              "Too many documents are waiting. Add this one when some are taken in.");
    };
  }

  /** Waits until a document is complete or has failed; empty when it is gone. */
  public Optional<Document> await(SourceId id, Consumer<Document> onProgress)
      throws InterruptedException {
    while (true) {
      Optional<Document> document = parley.documents().browse().find(scope, id);
      document.ifPresent(onProgress);
      if (document.isEmpty() || ended(document.get().status())) {
        return document;
      }
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  private static boolean ended(DocumentStatus status) {
    return status == DocumentStatus.COMPLETE || status == DocumentStatus.ERROR;
  }

  /** Waits until a document is complete or has failed; empty when it is gone. */
  public Optional<Document> await(Document document) throws InterruptedException {
    return await(document.id(), _ -> {});
  }

  /**
   * The answer to a question, with citations that can be checked. Questions are answered one after
   * another.
   *
   * @throws io.parley.application.conversation.ConversationBusy when the one before takes too long
   */
  public Exchange ask(String question) {
    return ask(question, null);
  }

  /**
   * The answer to a question.
   *
   * @param onText given each piece as it comes
   */
  public Exchange ask(String question, @Nullable Consumer<String> onText) {
    AnswerQuestion answer = parley.answerQuestion();
    return answer
        .answer(
            user,
            scope,
            conversation,
            Question.of(question),
            onText == null ? _ -> {} : onText,
            () -> false)
        .orElseThrow(() -> new IllegalStateException("The bot was erased."));
  }

  /** What is found for a query, best first. */
  public List<SearchHit> search(SearchQuery query) {
    return parley.searchKnowledge().search(scope, query);
  }
}
