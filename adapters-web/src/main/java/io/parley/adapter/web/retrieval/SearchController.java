package io.parley.adapter.web.retrieval;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.parley.adapter.web.bot.BotAccess;
import io.parley.adapter.web.json.Fields;
import io.parley.adapter.web.json.Ids;
import io.parley.adapter.web.problem.AnswersProblems;
import io.parley.adapter.web.problem.ProblemDocument;
import io.parley.adapter.web.problem.Problems;
import io.parley.adapter.web.security.Caller;
import io.parley.adapter.web.upload.Bodies;
import io.parley.application.retrieval.SearchKnowledge;
import io.parley.application.retrieval.SearchQuery;
import io.parley.domain.access.BotScope;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.SearchMode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

@AnswersProblems
@Tag(name = "Search")
@Controller("/api/v1/bots/{bot}/search")
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
@SecurityRequirement(name = "bearer")
final class SearchController {
  private static final int MOST = 50;
  private static final int USUAL = 10;

  private final BotAccess access;
  private final SearchKnowledge search;
  private final Bodies bodies;

  SearchController(BotAccess access, SearchKnowledge search, Bodies bodies) {
    this.access = access;
    this.search = search;
    this.bodies = bodies;
  }

  @Post
  @Operation(operationId = "search", summary = "Find passages by meaning and by words")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = SearchInput.class)))
  @ApiResponse(
      responseCode = "200",
      description = "The passages, best first.",
      useReturnTypeSchema = true)
  @ApiResponse(
      responseCode = "409",
      description = "The bot is switched off (bot_inactive).",
      content =
          @Content(
              mediaType = Problems.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemDocument.class)))
  ResultsView search(Caller caller, String bot, HttpRequest<?> request) {
    BotScope scope = access.asking(caller, Ids.bot(bot));
    return ResultsView.of(search.search(scope, query(bodies.json(request))));
  }

  private static SearchQuery query(Fields fields) {
    String text = fields.text("query", SearchQuery.MAX_TEXT);
    if (fields.has("query") && text.isBlank()) {
      fields.refuseOnce("query", "query must not be blank.");
    }
    int limit = Math.toIntExact(fields.integer("limit", 1, MOST, USUAL));
    SearchMode mode = fields.choice("mode", SearchMode.class, SearchMode.HYBRID);
    fields.check();
    Filter filter = FilterReader.read(fields.raw("filter"));
    return new SearchQuery(text, limit, mode == null ? SearchMode.HYBRID : mode, filter);
  }
}
