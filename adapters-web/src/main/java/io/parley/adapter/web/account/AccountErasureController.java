package io.parley.adapter.web.account;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.parley.adapter.web.problem.AnswersProblems;
import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.problem.ProblemKind;
import io.parley.adapter.web.security.Caller;
import io.parley.adapter.web.security.Callers;
import io.parley.application.document.EraseAccount;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

@Tag(name = "Accounts")
@Controller("/api/v1/auth/me")
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
@SecurityRequirement(name = "bearer")
@AnswersProblems
final class AccountErasureController {
  private final EraseAccount erase;
  private final Callers callers;

  AccountErasureController(EraseAccount erase, Callers callers) {
    this.erase = erase;
    this.callers = callers;
  }

  @Delete
  @Status(HttpStatus.ACCEPTED)
  @Operation(
      operationId = "deleteAccount",
      summary = "Erase the caller's account with its bots, documents and conversations")
  @ApiResponse(
      responseCode = "202",
      description = "The account is closed, and its erasure has begun.",
      headers =
          @Header(
              name = "Erasure-Id",
              description = "The erasure's id.",
              schema = @Schema(type = "string", format = "uuid")),
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = AccountErasureView.class)))
  HttpResponse<AccountErasureView> delete(Caller caller) {
    EraseAccount.Result result = erase.erase(caller.person());
    callers.forget(caller.person().user());
    return switch (result) {
      case EraseAccount.Result.Begun begun -> accepted(begun);
      case EraseAccount.Result.LastOfStaff _ ->
          throw Problem.of(
                  ProblemKind.CONFLICT,
                  "This is the only staff account. Make another one first, so that somebody can"
                      + " look after this server.")
              .asException();
      case EraseAccount.Result.Gone _ -> throw Problem.notFound("account").asException();
    };
  }

  private static HttpResponse<AccountErasureView> accepted(EraseAccount.Result.Begun begun) {
    String id = begun.erasure().toString();
    return HttpResponse.accepted()
        .header("Erasure-Id", id)
        .header("Cache-Control", "no-store")
        .body(
            new AccountErasureView(
                begun.erasure().value(), begun.receiptKey().reveal(), "/api/v1/erasures/" + id));
  }
}
