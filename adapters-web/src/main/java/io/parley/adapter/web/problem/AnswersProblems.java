package io.parley.adapter.web.problem;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says in the description of the interface that all operations of a controller fail in one way. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ApiResponse(
    responseCode = "4XX",
    description = "What went wrong.",
    content =
        @Content(
            mediaType = Problems.MEDIA_TYPE,
            schema = @Schema(implementation = ProblemDocument.class)))
@ApiResponse(
    responseCode = "5XX",
    description = "What went wrong.",
    content =
        @Content(
            mediaType = Problems.MEDIA_TYPE,
            schema = @Schema(implementation = ProblemDocument.class)))
public @interface AnswersProblems {}
