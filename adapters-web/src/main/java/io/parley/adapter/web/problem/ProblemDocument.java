package io.parley.adapter.web.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** An RFC 9457 problem document. */
@Serdeable
@Schema(name = "Problem", description = "What went wrong (RFC 9457).")
public record ProblemDocument(
    String type,
    String title,
    int status,
    @Schema(description = "A sentence that a person can act on.") String detail,
    String instance,
    @Schema(description = "A machine code that never changes.") String code,
    @JsonProperty("request_id")
        @Schema(name = "request_id", description = "Also in the header X-Request-Id.")
        String requestId,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Schema(
            description = "What is wrong with which field; only with 422.",
            requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        List<FieldError> errors) {

  static ProblemDocument of(Problem problem, String instance, String requestId) {
    ProblemKind kind = problem.kind();
    return new ProblemDocument(
        "urn:parley:problem:" + kind.code(),
        kind.title(),
        kind.status(),
        problem.detail(),
        instance,
        kind.code(),
        requestId,
        problem.errors());
  }
}
