package io.parley.adapter.web.account;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.parley.adapter.web.json.Fields;
import io.parley.adapter.web.problem.AnswersProblems;
import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.request.LogInLimits;
import io.parley.adapter.web.security.Caller;
import io.parley.adapter.web.security.Callers;
import io.parley.adapter.web.upload.Bodies;
import io.parley.application.account.ChangePassword;
import io.parley.application.account.IdentifyUser;
import io.parley.application.account.LogIn;
import io.parley.domain.port.Secret;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

@AnswersProblems
@Tag(name = "Accounts")
@Controller("/api/v1/auth")
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
@SecurityRequirement(name = "bearer")
final class AccountController {
  private final IdentifyUser identify;
  private final ChangePassword changePassword;
  private final LogInLimits limits;
  private final Callers callers;
  private final Bodies bodies;

  AccountController(
      IdentifyUser identify,
      ChangePassword changePassword,
      LogInLimits limits,
      Callers callers,
      Bodies bodies) {
    this.identify = identify;
    this.changePassword = changePassword;
    this.limits = limits;
    this.callers = callers;
    this.bodies = bodies;
  }

  @Get("/me")
  @Operation(operationId = "me", summary = "The caller's own account")
  @ApiResponse(responseCode = "200", description = "The account.", useReturnTypeSchema = true)
  UserView me(Caller caller) {
    return identify
        .self(caller.own())
        .map(UserView::of)
        .orElseThrow(() -> Problem.notFound("account").asException());
  }

  @Put("/password")
  @Status(HttpStatus.NO_CONTENT)
  @Operation(
      operationId = "changePassword",
      summary =
          "Change the password; every session and every token ends, so log in again afterwards")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = AccountFields.PasswordInput.class)))
  @ApiResponse(responseCode = "204", description = "Changed.")
  void changePassword(Caller caller, HttpRequest<?> request) {
    Fields fields = bodies.json(request);
    Secret current = new Secret(fields.text("current_password", 10_000));
    Secret next = new Secret(fields.text("new_password", 10_000));
    fields.check();
    LogInLimits.Attempt attempt =
        limits.begin(request, () -> LogIn.account(caller.person().user()));
    if (!attempt.by(() -> changePassword.change(caller.own(), current, next))) {
      throw Problem.invalid("current_password", "The current password is wrong.").asException();
    }
    attempt.succeeded();
    callers.forget(caller.person().user());
  }
}
