package io.parley.adapter.web.document;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.parley.adapter.web.json.Ids;
import io.parley.adapter.web.problem.AnswersProblems;
import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.security.Caller;
import io.parley.adapter.web.security.Callers;
import io.parley.application.document.ReadReceipt;
import io.parley.domain.document.ErasureId;
import io.parley.domain.erasure.ErasureReceipt;
import io.parley.domain.port.Secret;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows receipts: to their owner, and to whoever has the key of an account that is gone. */
@Tag(name = "Accounts")
@Controller("/api/v1/erasures")
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
@SecurityRequirement(name = "bearer")
@AnswersProblems
final class ErasureController {
  /** In a header, because addresses are logged. */
  private static final String KEY = "Receipt-Key";

  private final ReadReceipt read;

  ErasureController(ReadReceipt read) {
    this.read = read;
  }

  @Get("/{erasure}")
  @Operation(
      operationId = "getErasure",
      summary = "What an erasure removed, where, and how that is known",
      parameters =
          @Parameter(
              in = ParameterIn.HEADER,
              name = KEY,
              description = "The key that the deletion of an account gave, instead of a token.",
              schema = @Schema(type = "string")))
  @ApiResponse(
      responseCode = "200",
      description = "The receipt.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ErasureReceiptView.class)))
  ErasureReceiptView get(String erasure, HttpRequest<?> request) {
    String key = request.getHeaders().get(KEY);
    return find(request, erasure, key)
        .map(ErasureReceiptView::of)
        .orElseThrow(() -> Problem.notFound("erasure").asException());
  }

  private Optional<ErasureReceipt> find(
      HttpRequest<?> request, String erasure, @Nullable String key) {
    if (key != null) {
      ErasureId id = Ids.erasure(erasure);
      return read.find(id, new Secret(key));
    }
    Caller caller =
        Callers.of(request)
            .orElseThrow(() ->
                Problem.unauthorized(
                        "Log in, or send the receipt's key in the header " + KEY + ".", false)
                    .asException());
    return read.find(caller.own(), Ids.erasure(erasure));
  }
}
