package io.parley.adapter.web.document;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.parley.adapter.web.WebConfig;
import io.parley.adapter.web.bot.BotAccess;
import io.parley.adapter.web.json.Fields;
import io.parley.adapter.web.json.Ids;
import io.parley.adapter.web.json.JsonReader;
import io.parley.adapter.web.problem.AnswersProblems;
import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.problem.ProblemKind;
import io.parley.adapter.web.request.BodyDigest;
import io.parley.adapter.web.request.Idempotency;
import io.parley.adapter.web.security.Caller;
import io.parley.adapter.web.upload.Bodies;
import io.parley.adapter.web.upload.Sizes;
import io.parley.adapter.web.upload.UploadSlots;
import io.parley.application.document.BrowseDocuments;
import io.parley.application.document.IncomingFile;
import io.parley.application.document.UploadDocument;
import io.parley.application.document.UploadResult;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.SourceId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

@AnswersProblems
@Tag(name = "Documents")
@Controller("/api/v1/bots/{bot}/documents")
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
@SecurityRequirement(name = "bearer")
final class UploadController {
  private final BotAccess access;
  private final Uploads uploads;
  private final UploadDocument upload;
  private final BrowseDocuments browse;
  private final Bodies bodies;
  private final Idempotency idempotency;
  private final UploadSlots slots;
  private final WebConfig config;

  UploadController(
      BotAccess access,
      Uploads uploads,
      UploadDocument upload,
      BrowseDocuments browse,
      Bodies bodies,
      Idempotency idempotency,
      UploadSlots slots,
      WebConfig config) {
    this.access = access;
    this.uploads = uploads;
    this.upload = upload;
    this.browse = browse;
    this.bodies = bodies;
    this.idempotency = idempotency;
    this.slots = slots;
    this.config = config;
  }

  @Post
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Operation(
      operationId = "uploadDocuments",
      summary = "Add files; they are taken in in the background")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.MULTIPART_FORM_DATA,
              schema = @Schema(implementation = UploadForm.class)))
  @ApiResponse(
      responseCode = "202",
      description = "The documents, which will not be lost.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = UploadedView.class)))
  @Status(HttpStatus.ACCEPTED)
  HttpResponse<?> upload(Caller caller, String bot, HttpRequest<?> request) {
    BotScope scope = access.scope(caller, bot, Permission.WRITE);
    return slots.within(() ->
        idempotency.onceStreamed(
            request,
            caller,
            digest -> uploaded(uploads.all(request, scope, digest)),
            digest -> uploads.reread(request, digest)));
  }

  @Post("/text")
  @Operation(operationId = "addText", summary = "Add a text as a document")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = TextInput.class)))
  @ApiResponse(
      responseCode = "202",
      description = "The document.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = DocumentView.class)))
  @Status(HttpStatus.ACCEPTED)
  HttpResponse<?> text(Caller caller, String bot, HttpRequest<?> request) {
    BotScope scope = access.scope(caller, bot, Permission.WRITE);
    return slots.within(() ->
        idempotency.onceStreamed(
            request,
            caller,
            digest -> addText(request, scope, digest),
            digest -> bodies.passText(request, digest::watch)));
  }

  private HttpResponse<?> addText(HttpRequest<?> request, BotScope scope, BodyDigest digest) {
    uploads.requireRoom(scope);
    return bodies.text(request, body -> addText(scope, digest.watch(body)));
  }

  private HttpResponse<?> addText(BotScope scope, InputStream body) {
    Fields fields = textFields(body);
    String given = fields.title("name", DocumentName.MAX);
    byte[] content = content(fields);
    Metadata metadata = MetadataField.of(fields);
    DocumentName name = Uploads.name(given);
    UploadResult result =
        upload.upload(scope, new IncomingFile(name, metadata, new ByteArrayInputStream(content)));
    return HttpResponse.accepted().body(DocumentView.of(Uploads.accepted(result, name)));
  }

  @Put("/{document}/content")
  @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_JSON})
  @Status(HttpStatus.ACCEPTED)
  @Operation(
      operationId = "replaceContent",
      summary = "Add a new version; the old one answers until it is complete")
  @RequestBody(
      required = true,
      content = {
        @Content(
            mediaType = MediaType.MULTIPART_FORM_DATA,
            schema = @Schema(implementation = UploadForm.class)),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ContentInput.class))
      })
  @ApiResponse(responseCode = "202", description = "The document.", useReturnTypeSchema = true)
  DocumentView replace(Caller caller, String bot, String document, HttpRequest<?> request) {
    BotScope scope = access.scope(caller, bot, Permission.WRITE);
    SourceId id = Ids.document(document);
    Document now =
        browse.find(scope, id).orElseThrow(() -> Problem.notFound("document").asException());
    boolean form =
        request
            .getContentType()
            .filter(type -> type.matches(MediaType.MULTIPART_FORM_DATA_TYPE))
            .isPresent();
    return slots.within(() ->
        DocumentView.of(
            form ? uploads.next(request, scope, now) : replaceByText(scope, now, request)));
  }

  private Document replaceByText(BotScope scope, Document now, HttpRequest<?> request) {
    uploads.requireRoom(scope);
    return bodies.text(request, body -> replaceByText(scope, now, textFields(body)));
  }

  private Document replaceByText(BotScope scope, Document now, Fields fields) {
    byte[] content = content(fields);
    fields.check();
    InputStream stream = new ByteArrayInputStream(content);
    IncomingFile file = new IncomingFile(now.name(), now.metadata(), stream);
    return Uploads.accepted(upload.replace(scope, now.id(), file), now.name());
  }

  private Fields textFields(InputStream body) {
    int longest = (int) Math.min(Integer.MAX_VALUE - 8, config.limits().uploadBytes());
    return new Fields(JsonReader.object(body, longest));
  }

  private byte[] content(Fields fields) {
    byte[] content = fields.text("content", Integer.MAX_VALUE).getBytes(StandardCharsets.UTF_8);
    if (content.length > config.limits().uploadBytes()) {
      throw Problem.of(
              ProblemKind.TOO_LARGE,
              "A text may have at most " + Sizes.words(config.limits().uploadBytes()) + ".")
          .asException();
    }
    if (fields.has("content") && content.length == 0) {
      fields.refuse("content", "content must not be empty.");
    }
    return content;
  }

  private static HttpResponse<?> uploaded(List<Document> documents) {
    return HttpResponse.accepted()
        .body(new UploadedView(documents.stream().map(DocumentView::of).toList()));
  }
}
