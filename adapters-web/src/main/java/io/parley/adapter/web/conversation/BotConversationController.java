package io.parley.adapter.web.conversation;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.parley.adapter.web.bot.BotAccess;
import io.parley.adapter.web.document.MetadataField;
import io.parley.adapter.web.json.Fields;
import io.parley.adapter.web.json.JsonReader;
import io.parley.adapter.web.json.Paging;
import io.parley.adapter.web.problem.AnswersProblems;
import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.request.Idempotency;
import io.parley.adapter.web.security.Caller;
import io.parley.adapter.web.upload.Bodies;
import io.parley.application.conversation.BrowseConversations;
import io.parley.application.conversation.StartConversation;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.document.Metadata;
import io.parley.domain.port.Listing;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@AnswersProblems
@Tag(name = "Conversations")
@Controller("/api/v1/bots/{bot}/conversations")
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
@SecurityRequirement(name = "bearer")
final class BotConversationController {
  private final BotAccess access;
  private final StartConversation start;
  private final BrowseConversations browse;
  private final Bodies bodies;
  private final Idempotency idempotency;

  BotConversationController(
      BotAccess access,
      StartConversation start,
      BrowseConversations browse,
      Bodies bodies,
      Idempotency idempotency) {
    this.access = access;
    this.start = start;
    this.browse = browse;
    this.bodies = bodies;
    this.idempotency = idempotency;
  }

  @Post
  @Operation(operationId = "startConversation", summary = "Begin to talk with a bot")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ConversationInput.class)))
  @ApiResponse(
      responseCode = "201",
      description = "The conversation.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ConversationView.class)))
  @Status(HttpStatus.CREATED)
  HttpResponse<?> start(Caller caller, String bot, HttpRequest<?> request) {
    BotScope scope = access.scope(caller, bot, Permission.ASK);
    byte[] body = bodies.bytes(request);
    return idempotency.once(request, caller, body, () -> start(caller, scope, body));
  }

  private HttpResponse<?> start(Caller caller, BotScope scope, byte[] body) {
    Fields fields = new Fields(body.length == 0 ? Map.of() : JsonReader.object(body));
    String title = fields.optionalText("title", 10_000);
    Metadata metadata = MetadataField.of(fields);
    return start
        .start(caller.own(), scope, title, metadata)
        .map(begun -> HttpResponse.created(ConversationView.of(begun)))
        .orElseThrow(() -> Problem.notFound("bot").asException());
  }

  @Get
  @Operation(
      operationId = "listConversations",
      summary = "The caller's conversations with a bot, newest first")
  @ApiResponse(responseCode = "200", description = "The conversations.", useReturnTypeSchema = true)
  ConversationsView list(
      Caller caller,
      String bot,
      @Parameter(schema = @Schema(type = "integer", minimum = "0", defaultValue = "0")) @QueryValue
          @Nullable String skip,
      @Parameter(
              schema =
                  @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "100"))
          @QueryValue
          @Nullable String limit) {
    BotScope scope = access.scope(caller, bot, Permission.ASK);
    Listing<Conversation> list = browse.list(caller.own(), scope.bot(), Paging.of(skip, limit));
    return new ConversationsView(
        list.items().stream().map(ConversationView::of).toList(),
        list.total(),
        list.request().skip(),
        list.request().limit());
  }
}
