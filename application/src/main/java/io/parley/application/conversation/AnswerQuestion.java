package io.parley.application.conversation;

import io.parley.application.retrieval.SearchKnowledge;
import io.parley.application.retrieval.SearchQuery;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.access.UserScope;
import io.parley.domain.bot.Bot;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.Message;
import io.parley.domain.conversation.MessageId;
import io.parley.domain.conversation.Passage;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.ai.ChatModel;
import io.parley.domain.port.ai.ChatModels;
import io.parley.domain.port.persistence.BotRepository;
import io.parley.domain.port.persistence.ChunkRepository;
import io.parley.domain.port.persistence.ConversationRepository;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.SearchHit;
import io.parley.domain.retrieval.SearchMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Answers a question from a bot's knowledge: condense, retrieve, ask the model, and let only
 * citations through that can be checked. The question is kept before the model is asked, the answer
 * when it has ended.
 */
public final class AnswerQuestion {
  private static final int PASSAGES = 8;
  private static final int HISTORY = 10;

  private final ConversationRepository conversations;
  private final BotRepository bots;
  private final SearchKnowledge search;
  private final ChatModels models;
  private final Condenser condenser;
  private final ShowMessages show;
  private final Turns turns;
  private final IdSource ids;
  private final InstantSource clock;

  public AnswerQuestion(
      ConversationRepository conversations,
      BotRepository bots,
      ChunkRepository chunks,
      SearchKnowledge search,
      ChatModels models,
      IdSource ids,
      InstantSource clock) {
    this.conversations = conversations;
    this.bots = bots;
    this.search = search;
    this.models = models;
    this.condenser = new Condenser();
    this.show = new ShowMessages(chunks);
    this.turns = new Turns(conversations, ids, clock);
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Runs on the calling thread, after the questions that the conversation was asked before have
   * been answered. Empty when conversation or bot are gone. Needs {@code ASK} on the conversation's
   * bot.
   *
   * @param onText given each piece of the answer as it comes
   * @param cancelled once true, the model is stopped, and what it has said is kept
   * @throws io.parley.application.validation.InvalidInput when the question is not acceptable
   * @throws ConversationBusy when the question before takes too long
   * @throws io.parley.domain.port.PortFailure when a backend fails; the question is kept by then or
   *     not at all
   */
  public Optional<Exchange> answer(
      UserScope asker,
      BotScope scope,
      Conversation conversation,
      Question question,
      Consumer<String> onText,
      BooleanSupplier cancelled) {
    scope.require(Permission.ASK);
    if (!conversation.bot().equals(scope.bot())) {
      throw new IllegalArgumentException("The conversation is with another bot.");
    }
    ConversationRules.question(question.content());
    return bots.find(scope)
        .flatMap(bot ->
            turns.inTurn(
                asker,
                conversation.id(),
                cancelled,
                () -> inTurn(asker, scope, bot, conversation, question, onText, cancelled)));
  }

  private Optional<Exchange> inTurn(
      UserScope asker,
      BotScope scope,
      Bot bot,
      Conversation conversation,
      Question question,
      Consumer<String> onText,
      BooleanSupplier cancelled) {
    search.requireWhole(); // else each try would leave a question without an answer behind
    List<Message> history = conversations.latest(asker, conversation.id(), HISTORY);
    Message asked = asked(conversation, question);
    if (!conversations.add(asker, conversation.id(), List.of(asked), asked.createdAt())) {
      return Optional.empty();
    }
    nameAfterFirstQuestion(asker, conversation, question);
    Message answer =
        answer(scope, bot, conversation, history, question, asked.createdAt(), onText, cancelled);
    Message kept = show.allReadable(scope, answer) ? answer : withdrawn(answer);
    if (!conversations.add(asker, conversation.id(), List.of(kept), kept.createdAt())) {
      return Optional.empty();
    }
    List<ShownMessage> shown = show.show(Optional.of(scope), List.of(asked, kept));
    return Optional.of(new Exchange(shown.get(0), shown.get(1)));
  }

  private Message answer(
      BotScope scope,
      Bot bot,
      Conversation conversation,
      List<Message> history,
      Question question,
      Instant since,
      Consumer<String> onText,
      BooleanSupplier cancelled) {
    ChatModel model = model(bot);
    String standalone = condenser.condense(model, history, question, cancelled);
    List<Passage> passages = passages(scope, bot, standalone, question);
    Answer answer = new Answer(passages, onText);
    if (!passages.isEmpty()) {
      answer.ask(
          model, Prompts.answer(bot, history, question, passages), standalone, bot, cancelled);
    }
    answer.finish(cancelled.getAsBoolean());
    Instant now = clock.instant();
    return new Message(
        new MessageId(ids.next()),
        conversation.id(),
        Message.Role.ASSISTANT,
        answer.text(),
        answer.citations(),
        false,
        now,
        answer.usage(),
        Math.toIntExact(Math.min(Integer.MAX_VALUE, Duration.between(since, now).toMillis())),
        null);
  }

  private ChatModel model(Bot bot) {
    String name = bot.profile().modelType();
    return name == null ? models.standard() : models.find(name).orElseGet(models::standard);
  }

  private List<Passage> passages(BotScope scope, Bot bot, String standalone, Question question) {
    Integer topK = bot.profile().configuration().topK();
    String text =
        question.selectedText() == null ? standalone : standalone + "\n" + question.selectedText();
    String bounded = text.substring(0, Math.min(text.length(), SearchQuery.MAX_TEXT));
    SearchQuery query =
        new SearchQuery(bounded, topK == null ? PASSAGES : topK, SearchMode.HYBRID, Filter.NONE);
    List<Passage> passages = new ArrayList<>();
    for (SearchHit hit : search.search(scope, query)) {
      passages.add(new Passage(passages.size() + 1, hit));
    }
    return passages;
  }

  /** What is left of an answer from a source that was erased while the model spoke. */
  private static Message withdrawn(Message answer) {
    return new Message(
        answer.id(),
        answer.conversation(),
        answer.role(),
        "",
        List.of(),
        true,
        answer.createdAt(),
        answer.usage(),
        answer.responseTime(),
        null);
  }

  private Message asked(Conversation conversation, Question question) {
    return new Message(
        new MessageId(ids.next()),
        conversation.id(),
        Message.Role.USER,
        question.content(),
        List.of(),
        false,
        clock.instant(),
        null,
        null,
        null);
  }

  private void nameAfterFirstQuestion(
      UserScope asker, Conversation conversation, Question question) {
    if (conversation.messageCount() == 0
        && conversation.title().equals(StartConversation.UNTITLED)) {
      conversations.update(
          asker,
          conversation.id(),
          ConversationRules.titleOf(question.content()),
          conversation.metadata(),
          clock.instant());
    }
  }
}
