package io.parley.adapter.web.document;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
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
import io.parley.adapter.web.problem.ProblemException;
import io.parley.adapter.web.problem.ProblemKind;
import io.parley.adapter.web.problem.Problems;
import io.parley.adapter.web.request.CorsPolicy;
import io.parley.application.document.BrowseDocuments;
import io.parley.domain.document.ContentType;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.VersionRef;
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
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
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
      responseCode = "206",
      description = "The range of it that was asked for.",
      content =
          @Content(
              mediaType = "application/octet-stream",
              schema = @Schema(type = "string", format = "binary")))
  @ApiResponse(responseCode = "304", description = "The caller has it already.")
  @ApiResponse(
      responseCode = "416",
      description = "The range lies behind its end.",
      content =
          @Content(
              mediaType = Problems.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemDocument.class)))
  @ApiResponse(
      responseCode = "404",
      description = "Forged, expired, or gone.",
      content =
          @Content(
              mediaType = Problems.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemDocument.class)))
  HttpResponse<?> open(String token, HttpRequest<?> request) {
    SignedBlobs.SignedBlob blob = find(token);
    boolean sent = false;
    try {
      MutableHttpResponse<?> response = answer(blob, request);
      sent = response.body() != null;
      return response;
    } finally {
      if (!sent) {
        close(blob);
      }
    }
  }

  private MutableHttpResponse<?> answer(SignedBlobs.SignedBlob blob, HttpRequest<?> request) {
    boolean head = request.getMethod() == HttpMethod.HEAD;
    return switch (RequestedBytes.of(request.getHeaders(), etag(blob), blob.size())) {
      case RequestedBytes.NotModified _ -> described(HttpResponse.notModified(), blob);
      case RequestedBytes.Range range when !head ->
          file(HttpResponse.status(HttpStatus.PARTIAL_CONTENT), blob, range, true)
              .header(
                  HttpHeaders.CONTENT_RANGE,
                  "bytes " + range.first() + "-" + range.last() + "/" + blob.size());
      case RequestedBytes.Outside _ when !head -> throw outside(blob.size());
      case RequestedBytes _ ->
          file(HttpResponse.ok(), blob, new RequestedBytes.Range(0, blob.size() - 1), !head);
    };
  }

  private MutableHttpResponse<?> file(
      MutableHttpResponse<Object> response,
      SignedBlobs.SignedBlob blob,
      RequestedBytes.Range range,
      boolean withBody) {
    ContentType type = blob.as().contentType();
    boolean text = type == ContentType.TEXT;
    MediaType mediaType = MediaType.of(text ? "text/plain; charset=utf-8" : type.mediaType());
    described(response, blob).contentType(mediaType).contentLength(range.length());
    return withBody
        ? response.body(
            new StreamedFile(
                part(blob, range), mediaType, blob.storedAt().toEpochMilli(), range.length()))
        : response;
  }

  private static InputStream part(SignedBlobs.SignedBlob blob, RequestedBytes.Range range) {
    try {
      blob.content().skipNBytes(range.first());
      return new FirstBytes(blob.content(), range.length());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T> MutableHttpResponse<T> described(
      MutableHttpResponse<T> response, SignedBlobs.SignedBlob blob) {
    PreviewAs as = blob.as();
    String disposition = as.inline() ? "inline" : "attachment";
    return response
        .header(HttpHeaders.ETAG, etag(blob))
        .header(HttpHeaders.LAST_MODIFIED, lastModified(blob))
        .header(HttpHeaders.ACCEPT_RANGES, "bytes")
        .header("Content-Disposition", disposition + "; filename*=UTF-8''" + encoded(as.name()))
        .header("Content-Security-Policy", policy(as.contentType()))
        .header("Cache-Control", "private, no-store")
        .header("Cross-Origin-Resource-Policy", "cross-origin");
  }

  /** The bytes of a version never change. */
  private static String etag(SignedBlobs.SignedBlob blob) {
    VersionRef ref = blob.key().ref();
    return "\"" + ref.source() + "-" + ref.version() + "\"";
  }

  private static String lastModified(SignedBlobs.SignedBlob blob) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(blob.storedAt().atOffset(ZoneOffset.UTC));
  }

  private static ProblemException outside(long size) {
    return new Problem(
            ProblemKind.RANGE_NOT_SATISFIABLE,
            "The file has " + size + " bytes. Ask for some of them.",
            List.of(),
            Map.of(HttpHeaders.CONTENT_RANGE, "bytes */" + size))
        .asException();
  }

  private static void close(SignedBlobs.SignedBlob blob) {
    try {
      blob.content().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    close(blob);
    return false;
  }

  private static String encoded(DocumentName name) {
    return URLEncoder.encode(name.value(), StandardCharsets.UTF_8).replace("+", "%20");
  }
}
