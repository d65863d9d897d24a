package io.parley.adapter.web.conversation;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.parley.adapter.web.json.Fields;
import io.parley.adapter.web.json.Ids;
import io.parley.adapter.web.problem.AnswersProblems;
import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.security.Caller;
import io.parley.adapter.web.upload.Bodies;
import io.parley.application.conversation.BrowseConversations;
import io.parley.domain.conversation.MessageId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

@AnswersProblems
@Tag(name = "Conversations")
@Controller("/api/v1/messages/{message}/feedback")
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
@SecurityRequirement(name = "bearer")
final class FeedbackController {
  private static final int COMMENT = 2_000;

  private final BrowseConversations browse;
  private final Bodies bodies;

  FeedbackController(BrowseConversations browse, Bodies bodies) {
    this.browse = browse;
    this.bodies = bodies;
  }

  @Post
  @Status(HttpStatus.NO_CONTENT)
  @Operation(operationId = "rateMessage", summary = "Say whether an answer helped")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = FeedbackInput.class)))
  @ApiResponse(responseCode = "204", description = "Kept.")
  void rate(Caller caller, String message, HttpRequest<?> request) {
    MessageId id = Ids.message(message);
    Fields fields = bodies.json(request);
    long rating = fields.integer("rating", -1, 1, 0);
    if (rating == 0) {
      fields.refuse("rating", "rating must be -1 or 1.");
    }
    String comment = fields.optionalText("comment", COMMENT);
    fields.check();
    if (!browse.rate(caller.own(), id, Math.toIntExact(rating), comment)) {
      throw Problem.notFound("answer").asException();
    }
  }
}
