package io.parley.adapter.web.document;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.parley.adapter.web.bot.BotAccess;
import io.parley.adapter.web.json.Ids;
import io.parley.adapter.web.json.Paging;
import io.parley.adapter.web.problem.AnswersProblems;
import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.problem.ProblemDocument;
import io.parley.adapter.web.problem.ProblemException;
import io.parley.adapter.web.problem.ProblemKind;
import io.parley.adapter.web.security.Caller;
import io.parley.application.document.BrowseDocuments;
import io.parley.application.document.CancelDocument;
import io.parley.application.document.EraseKnowledge;
import io.parley.application.document.UploadDocument;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.document.Document;
import io.parley.domain.document.ErasureId;
import io.parley.domain.document.SourceId;
import io.parley.domain.port.Listing;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@AnswersProblems
@Tag(name = "Documents")
@Controller("/api/v1/bots/{bot}/documents")
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
@SecurityRequirement(name = "bearer")
final class DocumentController {
  private final BotAccess access;
  private final BrowseDocuments browse;
  private final UploadDocument upload;
  private final CancelDocument cancel;
  private final EraseKnowledge erase;
  private final DocumentEvents events;
  private final PublicUrl publicUrl;

  DocumentController(
      BotAccess access,
      BrowseDocuments browse,
      UploadDocument upload,
      CancelDocument cancel,
      EraseKnowledge erase,
      DocumentEvents events,
      PublicUrl publicUrl) {
    this.access = access;
    this.browse = browse;
    this.upload = upload;
    this.cancel = cancel;
    this.erase = erase;
    this.events = events;
    this.publicUrl = publicUrl;
  }

  @Get
  @Operation(operationId = "listDocuments", summary = "The bot's documents, newest first")
  @ApiResponse(responseCode = "200", description = "The documents.", useReturnTypeSchema = true)
  DocumentsView list(
      Caller caller,
      String bot,
      @Parameter(schema = @Schema(type = "integer", minimum = "0", defaultValue = "0")) @QueryValue
          @Nullable String skip,
      @Parameter(
              schema =
                  @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "100"))
          @QueryValue
          @Nullable String limit) {
    BotScope scope = access.scope(caller, bot, Permission.READ);
    Listing<Document> documents = browse.list(scope, Paging.of(skip, limit));
    return new DocumentsView(
        documents.items().stream().map(DocumentView::of).toList(),
        documents.total(),
        documents.request().skip(),
        documents.request().limit());
  }

  @Get("/{document}")
  @Operation(operationId = "getDocument", summary = "One document")
  @ApiResponse(responseCode = "200", description = "The document.", useReturnTypeSchema = true)
  DocumentView get(Caller caller, String bot, String document) {
    BotScope scope = access.scope(caller, bot, Permission.READ);
    return browse
        .find(scope, Ids.document(document))
        .map(DocumentView::of)
        .orElseThrow(DocumentController::gone);
  }

  @Get("/{document}/chunks")
  @Operation(
      operationId = "listChunks",
      summary = "The chunks of the version that answers, in order")
  @ApiResponse(responseCode = "200", description = "The chunks.", useReturnTypeSchema = true)
  ChunksView chunks(
      Caller caller,
      String bot,
      String document,
      @Parameter(schema = @Schema(type = "integer", minimum = "0", defaultValue = "0")) @QueryValue
          @Nullable String skip,
      @Parameter(
              schema =
                  @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "100"))
          @QueryValue
          @Nullable String limit) {
    BotScope scope = access.scope(caller, bot, Permission.READ);
    return browse
        .chunks(scope, Ids.document(document), Paging.of(skip, limit))
        .map(ChunksView::of)
        .orElseThrow(DocumentController::gone);
  }

  @Get("/{document}/preview")
  @Operation(
      operationId = "previewDocument",
      summary = "A link to the original, good for an hour without a credential")
  @ApiResponse(responseCode = "200", description = "The link.", useReturnTypeSchema = true)
  PreviewView preview(Caller caller, String bot, String document, HttpRequest<?> request) {
    BotScope scope = access.scope(caller, bot, Permission.READ);
    return browse
        .preview(scope, Ids.document(document))
        .map(link -> new PreviewView(publicUrl.of(request, link.uri()), link.expiresAt()))
        .orElseThrow(DocumentController::gone);
  }

  @Get("/{document}/events")
  @Produces({MediaType.TEXT_EVENT_STREAM, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "documentEvents",
      summary =
          "Events \"progress\" with the document, until \"done\" with its end, complete or error; an"
              + " event \"error\" brings a problem of the stream")
  @ApiResponse(
      responseCode = "200",
      description = "Server-sent events.",
      content =
          @Content(
              mediaType = MediaType.TEXT_EVENT_STREAM,
              schema = @Schema(oneOf = {DocumentView.class, ProblemDocument.class})))
  HttpResponse<?> events(Caller caller, String bot, String document, HttpRequest<?> request) {
    BotScope scope = access.scope(caller, bot, Permission.READ);
    return events.follow(request, scope, Ids.document(document));
  }

  @Post("/{document}/retry")
  @Status(HttpStatus.ACCEPTED)
  @Operation(operationId = "retryDocument", summary = "Try a failed document again")
  @ApiResponse(responseCode = "202", description = "The document.", useReturnTypeSchema = true)
  DocumentView retry(Caller caller, String bot, String document) {
    BotScope scope = access.scope(caller, bot, Permission.WRITE);
    SourceId id = Ids.document(document);
    if (browse.find(scope, id).isEmpty()) {
      throw gone();
    }
    return upload
        .reopen(scope, id)
        .map(DocumentView::of)
        .orElseThrow(() -> conflict("Only a document that ended in an error can be tried again."));
  }

  @Post("/{document}/cancel")
  @Operation(operationId = "cancelDocument", summary = "Stop taking a document in")
  @ApiResponse(responseCode = "200", description = "The document.", useReturnTypeSchema = true)
  DocumentView cancel(Caller caller, String bot, String document) {
    BotScope scope = access.scope(caller, bot, Permission.WRITE);
    return switch (cancel.cancel(scope, Ids.document(document))) {
      case CancelDocument.Result.Cancelled cancelled -> DocumentView.of(cancelled.document());
      case CancelDocument.Result.NotRunning _ ->
          throw conflict("The document is not being taken in, so there is nothing to cancel.");
      case CancelDocument.Result.Gone _ -> throw gone();
    };
  }

  @Delete("/{document}")
  @Operation(
      operationId = "deleteDocument",
      summary = "Erase a document and all that was made of it")
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
  HttpResponse<?> delete(Caller caller, String bot, String document) {
    BotScope scope = access.scope(caller, bot, Permission.WRITE);
    ErasureId erasure =
        erase.eraseDocument(scope, Ids.document(document)).orElseThrow(DocumentController::gone);
    return HttpResponse.noContent().header("Erasure-Id", erasure.toString());
  }

  private static ProblemException conflict(String detail) {
    return Problem.of(ProblemKind.CONFLICT, detail).asException();
  }

  private static ProblemException gone() {
    return Problem.notFound("document").asException();
  }
}
