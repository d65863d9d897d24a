package io.parley.adapter.web.document;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.parley.adapter.web.WebServices;
import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.problem.ProblemDocument;
import io.parley.adapter.web.problem.ProblemKind;
import io.parley.adapter.web.problem.Problems;
import io.parley.adapter.web.request.CorsPolicy;
import io.parley.application.document.BrowseDocuments;
import io.parley.domain.document.ContentType;
import io.parley.domain.document.DocumentName;
import io.parley.domain.port.storage.PreviewAs;
import io.parley.domain.port.storage.SignedBlobs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Serves original files by signed links, where the blob store has no web server of its own. */
@Tag(name = "Documents")
@Controller("/previews")
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
final class PreviewController {
  private final @Nullable SignedBlobs blobs;
  private final BrowseDocuments documents;
  private final String ancestors;

  PreviewController(WebServices services, BrowseDocuments documents, CorsPolicy origins) {
    this.blobs = services.previews();
    this.documents = documents;
    this.ancestors =
        "; frame-ancestors "
            + String.join(
                " ",
                java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("'self'"), origins.sources().stream())
                    .toList());
  }

  @Get("/{token}")
  @Produces(MediaType.ALL)
  @Operation(
      operationId = "openPreview",
      summary = "The original file that a signed link points to")
  @ApiResponse(
      responseCode = "200",
      description = "The file.",
      content =
          @Content(
              mediaType = "application/octet-stream",
              schema = @Schema(type = "string", format = "binary")))
  @ApiResponse(
      responseCode = "404",
      description = "Forged, expired, or gone.",
      content =
          @Content(
              mediaType = Problems.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemDocument.class)))
  HttpResponse<StreamedFile> open(String token) {
    SignedBlobs.SignedBlob blob = find(token);
    PreviewAs as = blob.as();
    boolean text = as.contentType() == ContentType.TEXT;
    String type = text ? "text/plain; charset=utf-8" : as.contentType().mediaType();
    StreamedFile file = new StreamedFile(blob.content(), MediaType.of(type), 0, blob.size());
    String disposition = as.inline() ? "inline" : "attachment";
    return HttpResponse.ok(file)
        .header("Content-Disposition", disposition + "; filename*=UTF-8''" + encoded(as.name()))
        .header("Content-Security-Policy", policy(as.contentType()))
        .header("Cache-Control", "private, no-store")
        .header("Cross-Origin-Resource-Policy", "cross-origin");
  }

  /** Browsers' viewers of PDF, which run nothing of the page's, do not open in a sandbox. */
  private String policy(ContentType type) {
    return type == ContentType.PDF
        ? "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'" + ancestors
        : "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:"
            + ancestors;
  }

  private SignedBlobs.SignedBlob find(String token) {
    Optional<SignedBlobs.SignedBlob> found = blobs == null ? Optional.empty() : blobs.open(token);
    return found
        .filter(this::isShown)
        .orElseThrow(() ->
            Problem.of(
                    ProblemKind.NOT_FOUND,
                    "This link does not work, or not any more. Ask for a new preview.")
                .asException());
  }

  /** What was erased is gone at once, though its file may wait for its removal. */
  private boolean isShown(SignedBlobs.SignedBlob blob) {
    if (documents.isShown(blob.key().ref().source())) {
      return true;
    }
    try (InputStream _ = blob.content()) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String encoded(DocumentName name) {
    return URLEncoder.encode(name.value(), StandardCharsets.UTF_8).replace("+", "%20");
  }
}
