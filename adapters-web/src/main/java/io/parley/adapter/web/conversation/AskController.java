package io.parley.adapter.web.conversation;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.parley.adapter.web.bot.BotAccess;
import io.parley.adapter.web.json.Fields;
import io.parley.adapter.web.json.Ids;
import io.parley.adapter.web.json.JsonReader;
import io.parley.adapter.web.problem.AnswersProblems;
import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.problem.ProblemDocument;
import io.parley.adapter.web.problem.ProblemException;
import io.parley.adapter.web.problem.Problems;
import io.parley.adapter.web.request.Idempotency;
import io.parley.adapter.web.request.IdempotentTurn;
import io.parley.adapter.web.security.Caller;
import io.parley.adapter.web.stream.Disconnects;
import io.parley.adapter.web.stream.EventSink;
import io.parley.adapter.web.stream.EventStreams;
import io.parley.adapter.web.stream.Patience;
import io.parley.adapter.web.stream.Stopping;
import io.parley.adapter.web.upload.Bodies;
import io.parley.application.conversation.AnswerQuestion;
import io.parley.application.conversation.BrowseConversations;
import io.parley.application.conversation.Exchange;
import io.parley.application.conversation.Question;
import io.parley.domain.access.BotScope;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.Message;
import io.parley.domain.conversation.MessageId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

@AnswersProblems
@Tag(name = "Conversations")
@Controller("/api/v1/conversations/{conversation}/messages")
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
@SecurityRequirement(name = "bearer")
final class AskController {
  private static final int ANY = 100_000;

  private final BotAccess access;
  private final BrowseConversations browse;
  private final AnswerQuestion answer;
  private final MessageViews views;
  private final Bodies bodies;
  private final EventStreams streams;
  private final Idempotency idempotency;
  private final Stopping stopping;

  AskController(
      BotAccess access,
      BrowseConversations browse,
      AnswerQuestion answer,
      MessageViews views,
      Bodies bodies,
      EventStreams streams,
      Idempotency idempotency,
      Stopping stopping) {
    this.access = access;
    this.browse = browse;
    this.answer = answer;
    this.views = views;
    this.bodies = bodies;
    this.streams = streams;
    this.idempotency = idempotency;
    this.stopping = stopping;
  }

  /** A question with all that it is asked in. */
  private record Asked(
      Caller caller,
      HttpRequest<?> request,
      BotScope scope,
      Conversation conversation,
      Question question) {}

  @Post
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM})
  @Operation(
      operationId = "ask",
      summary =
          "Ask; with Accept: text/event-stream the answer comes as events delta…, then done or error")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = MessageInput.class)))
  @ApiResponse(
      responseCode = "200",
      description = "Question and answer, or the events of the answer.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ExchangeView.class)),
        @Content(
            mediaType = MediaType.TEXT_EVENT_STREAM,
            schema = @Schema(oneOf = {DeltaView.class, MessageView.class, ProblemDocument.class}))
      })
  @ApiResponse(
      responseCode = "409",
      description =
          "The bot is switched off (bot_inactive), the question before is still being answered, or"
              + " the first request under the key still runs.",
      content =
          @Content(
              mediaType = Problems.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemDocument.class)))
  HttpResponse<?> ask(Caller caller, String conversation, HttpRequest<?> request) {
    Conversation found =
        browse.find(caller.own(), Ids.conversation(conversation)).orElseThrow(AskController::gone);
    BotScope scope = access.asking(caller, found.bot());
    byte[] body = bodies.bytes(request);
    Asked asked =
        new Asked(caller, request, scope, found, question(new Fields(JsonReader.object(body))));
    return EventStreams.wanted(request)
        ? stream(asked, idempotency.begin(request, caller, body))
        : idempotency.onceReferred(request, caller, body, reference(asked), () -> answer(asked));
  }

  /** What is kept under a key are ids, so that what is erased does not come back. */
  private Idempotency.Reference<ExchangeView> reference(Asked asked) {
    return new Idempotency.Reference<>() {
      @Override
      public String of(ExchangeView answer) {
        return answer.userMessage().id() + " " + answer.assistantMessage().id();
      }

      @Override
      public ExchangeView recall(String reference) {
        int space = reference.indexOf(' ');
        MessageId question = new MessageId(UUID.fromString(reference.substring(0, space)));
        MessageId answer = new MessageId(UUID.fromString(reference.substring(space + 1)));
        Exchange exchange =
            browse
                .exchange(asked.caller().person(), asked.conversation().id(), question, answer)
                .orElseThrow(AskController::gone);
        return views.view(asked.caller(), asked.request(), asked.scope().bot(), exchange);
      }
    };
  }

  private HttpResponse<?> stream(Asked asked, IdempotentTurn turn) {
    Idempotency.Reference<ExchangeView> reference = reference(asked);
    return turn.tell(
        streams.open(
            asked.request(),
            sink -> {
              if (turn.replay().isPresent()) {
                sink.send("done", reference.recall(turn.replay().get()).assistantMessage());
                return;
              }
              turn.run(() -> reference.of(stream(asked, sink)));
            }));
  }

  private ExchangeView stream(Asked asked, EventSink sink) {
    ExchangeView exchange =
        answer(asked, piece -> sink.send("delta", new DeltaView(piece)), sink.gone());
    sink.send("done", exchange.assistantMessage());
    return exchange;
  }

  private ExchangeView answer(Asked asked) {
    try (Disconnects gone = Disconnects.of(asked.request())) {
      return answer(asked, _ -> {}, gone);
    }
  }

  private ExchangeView answer(Asked asked, Consumer<String> onText, BooleanSupplier gone) {
    Patience patience = new Patience(stopping, gone);
    Exchange exchange =
        answer
            .answer(
                asked.caller().own(),
                asked.scope(),
                asked.conversation(),
                asked.question(),
                onText,
                patience)
            .orElseThrow(AskController::gone);
    patience.check();
    return views.view(asked.caller(), asked.request(), asked.scope().bot(), exchange);
  }

  private static Question question(Fields fields) {
    String content = fields.text("content", ANY);
    if (content.length() > Message.MAX_QUESTION) {
      fields.refuse("content", "content may have at most 32,000 characters.");
    } else if (fields.has("content") && content.isBlank()) {
      fields.refuseOnce("content", "Ask something: the message is empty.");
    }
    String selected = fields.optionalText("selected_text", Message.MAX_QUESTION);
    String language = fields.optionalText("language", 35);
    if (language != null && !language.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")) {
      fields.refuse("language", "language must be a code such as \"en\" or \"ur\".");
    }
    fields.check();
    return new Question(content, selected, language);
  }

  private static ProblemException gone() {
    return Problem.notFound("conversation").asException();
  }
}
