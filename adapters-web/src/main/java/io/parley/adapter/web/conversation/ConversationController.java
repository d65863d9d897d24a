package io.parley.adapter.web.conversation;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.parley.adapter.web.document.MetadataField;
import io.parley.adapter.web.json.Fields;
import io.parley.adapter.web.json.Ids;
import io.parley.adapter.web.json.Paging;
import io.parley.adapter.web.problem.AnswersProblems;
import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.problem.ProblemException;
import io.parley.adapter.web.security.Caller;
import io.parley.adapter.web.upload.Bodies;
import io.parley.application.conversation.BrowseConversations;
import io.parley.application.conversation.ShownMessage;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.ConversationId;
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
import org.jspecify.annotations.Nullable;

@AnswersProblems
@Tag(name = "Conversations")
@Controller("/api/v1/conversations/{conversation}")
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
@SecurityRequirement(name = "bearer")
final class ConversationController {
  private final BrowseConversations browse;
  private final MessageViews views;
  private final Bodies bodies;

  ConversationController(BrowseConversations browse, MessageViews views, Bodies bodies) {
    this.browse = browse;
    this.views = views;
    this.bodies = bodies;
  }

  @Get
  @Operation(operationId = "getConversation", summary = "One conversation")
  @ApiResponse(responseCode = "200", description = "The conversation.", useReturnTypeSchema = true)
  ConversationView get(Caller caller, String conversation) {
    return ConversationView.of(find(caller, conversation));
  }

  @Put
  @Operation(operationId = "changeConversation", summary = "Change the fields that are sent")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ConversationInput.class)))
  @ApiResponse(responseCode = "200", description = "The conversation.", useReturnTypeSchema = true)
  ConversationView change(Caller caller, String conversation, HttpRequest<?> request) {
    ConversationId id = find(caller, conversation).id();
    Fields fields = bodies.json(request);
    String title = fields.has("title") ? fields.title("title", Conversation.MAX_TITLE) : null;
    Metadata metadata = fields.has("metadata") ? MetadataField.of(fields) : null;
    fields.check();
    return browse
        .change(caller.own(), id, title, metadata)
        .map(ConversationView::of)
        .orElseThrow(ConversationController::gone);
  }

  @Delete
  @Status(HttpStatus.NO_CONTENT)
  @Operation(
      operationId = "deleteConversation",
      summary = "Remove a conversation with its messages")
  @ApiResponse(responseCode = "204", description = "Removed.")
  void delete(Caller caller, String conversation) {
    if (!browse.delete(caller.own(), Ids.conversation(conversation))) {
      throw gone();
    }
  }

  @Get("/messages")
  @Operation(operationId = "listMessages", summary = "What was said, oldest first")
  @ApiResponse(responseCode = "200", description = "The messages.", useReturnTypeSchema = true)
  MessagesView messages(
      Caller caller,
      String conversation,
      @Parameter(schema = @Schema(type = "integer", minimum = "0", defaultValue = "0")) @QueryValue
          @Nullable String skip,
      @Parameter(
              schema =
                  @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "100"))
          @QueryValue
          @Nullable String limit,
      HttpRequest<?> request) {
    Conversation found = find(caller, conversation);
    Listing<ShownMessage> list =
        browse
            .messages(caller.person(), found.id(), Paging.of(skip, limit))
            .orElseThrow(ConversationController::gone);
    return new MessagesView(
        views.views(caller, request, found.bot(), list.items()),
        list.total(),
        list.request().skip(),
        list.request().limit());
  }

  private Conversation find(Caller caller, String id) {
    return browse
        .find(caller.own(), Ids.conversation(id))
        .orElseThrow(ConversationController::gone);
  }

  private static ProblemException gone() {
    return Problem.notFound("conversation").asException();
  }
}
