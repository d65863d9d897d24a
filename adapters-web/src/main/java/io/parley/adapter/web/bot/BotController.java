package io.parley.adapter.web.bot;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.parley.adapter.web.json.Fields;
import io.parley.adapter.web.json.JsonReader;
import io.parley.adapter.web.json.Paging;
import io.parley.adapter.web.problem.AnswersProblems;
import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.problem.ProblemException;
import io.parley.adapter.web.problem.ProblemKind;
import io.parley.adapter.web.request.Idempotency;
import io.parley.adapter.web.security.Caller;
import io.parley.adapter.web.upload.Bodies;
import io.parley.application.bot.BrowseBots;
import io.parley.application.bot.ChangeBot;
import io.parley.application.bot.CreateBot;
import io.parley.application.document.EraseKnowledge;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.bot.Bot;
import io.parley.domain.bot.BotProfile;
import io.parley.domain.bot.BotStatus;
import io.parley.domain.document.ErasureId;
import io.parley.domain.port.Listing;
import io.parley.domain.port.ai.ChatModels;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@AnswersProblems
@Tag(name = "Bots")
@Controller("/api/v1/bots")
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
@SecurityRequirement(name = "bearer")
final class BotController {
  private final BotAccess access;
  private final CreateBot create;
  private final BrowseBots browse;
  private final ChangeBot change;
  private final EraseKnowledge erase;
  private final ChatModels models;
  private final Bodies bodies;
  private final Idempotency idempotency;

  BotController(
      BotAccess access,
      CreateBot create,
      BrowseBots browse,
      ChangeBot change,
      EraseKnowledge erase,
      ChatModels models,
      Bodies bodies,
      Idempotency idempotency) {
    this.access = access;
    this.create = create;
    this.browse = browse;
    this.change = change;
    this.erase = erase;
    this.models = models;
    this.bodies = bodies;
    this.idempotency = idempotency;
  }

  @Post
  @Operation(operationId = "createBot", summary = "Make a bot")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = BotFields.Input.class)))
  @ApiResponse(
      responseCode = "201",
      description = "The bot.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = BotView.class)))
  @Status(HttpStatus.CREATED)
  HttpResponse<?> create(Caller caller, HttpRequest<?> request) {
    byte[] body = bodies.bytes(request);
    return idempotency.once(
        request,
        caller,
        body,
        () -> {
          BotProfile profile = BotFields.create(new Fields(JsonReader.object(body)));
          return HttpResponse.created(view(create.create(caller.own(), profile)));
        });
  }

  @Get
  @Operation(operationId = "listBots", summary = "The caller's own bots, newest first")
  @ApiResponse(responseCode = "200", description = "The bots.", useReturnTypeSchema = true)
  BotsView list(
      Caller caller,
      @Parameter(schema = @Schema(type = "integer", minimum = "0", defaultValue = "0")) @QueryValue
          @Nullable String skip,
      @Parameter(
              schema =
                  @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "100"))
          @QueryValue
          @Nullable String limit) {
    Listing<Bot> bots = browse.list(caller.own(), Paging.of(skip, limit));
    return new BotsView(
        bots.items().stream().map(this::view).toList(),
        bots.total(),
        bots.request().skip(),
        bots.request().limit());
  }

  @Get("/{bot}")
  @Operation(operationId = "getBot", summary = "One bot; a stranger sees less of a public one")
  @ApiResponse(
      responseCode = "200",
      description = "The bot.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(oneOf = {BotView.class, PublicBotView.class})))
  Object get(Caller caller, String bot) {
    BotScope scope = access.scope(caller, bot, Permission.ASK);
    BotView view = browse.find(scope).map(this::view).orElseThrow(BotController::gone);
    return scope.allows(Permission.READ) ? view : PublicBotView.of(view);
  }

  @Put("/{bot}")
  @Operation(operationId = "changeBot", summary = "Change the fields that are sent")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = BotFields.Change.class)))
  @ApiResponse(responseCode = "200", description = "The bot.", useReturnTypeSchema = true)
  BotView change(Caller caller, String bot, HttpRequest<?> request) {
    BotScope scope = access.scope(caller, bot, Permission.WRITE);
    Fields fields = bodies.json(request);
    BotStatus status = BotFields.status(fields);
    fields.check();
    return change
        .change(scope, now -> BotFields.change(fields, now), status)
        .map(this::view)
        .orElseThrow(BotController::gone);
  }

  @Delete("/{bot}")
  @Operation(
      operationId = "deleteBot",
      summary = "Erase a bot and all that it knows; the clone stays")
  @ApiResponse(
      responseCode = "204",
      description = "Erased.",
      content = @Content,
      headers =
          @Header(
              name = "Erasure-Id",
              description = "The erasure's id.",
              schema = @Schema(type = "string", format = "uuid")))
  @Status(HttpStatus.NO_CONTENT)
  HttpResponse<?> delete(Caller caller, String bot) {
    BotScope scope = access.scope(caller, bot, Permission.WRITE);
    if (browse.find(scope).filter(Bot::isClone).isPresent()) {
      throw Problem.of(
              ProblemKind.CONFLICT,
              "Everyone has exactly one clone, and this is yours. Erase its documents instead.")
          .asException();
    }
    ErasureId erasure = erase.eraseBot(scope).orElseThrow(BotController::gone);
    return HttpResponse.noContent().header("Erasure-Id", erasure.toString());
  }

  private BotView view(Bot bot) {
    return BotView.of(bot, models.standard().name());
  }

  private static ProblemException gone() {
    return Problem.notFound("bot").asException();
  }
}
