package io.parley.adapter.web.account;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.parley.adapter.web.problem.AnswersProblems;
import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.problem.ProblemException;
import io.parley.adapter.web.problem.ProblemKind;
import io.parley.adapter.web.request.LogInLimits;
import io.parley.adapter.web.security.AccessTokens;
import io.parley.adapter.web.security.Caller;
import io.parley.adapter.web.security.Callers;
import io.parley.adapter.web.upload.Bodies;
import io.parley.application.account.LogIn;
import io.parley.application.account.LogOut;
import io.parley.application.account.RefreshSession;
import io.parley.application.account.RegisterUser;
import io.parley.application.account.RegistrationRequest;
import io.parley.application.account.Session;
import io.parley.domain.access.Actor;
import io.parley.domain.port.Secret;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;

@AnswersProblems
@Tag(name = "Accounts")
@Controller("/api/v1/auth")
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
final class AuthController {
  private final RegisterUser register;
  private final LogIn logIn;
  private final RefreshSession refresh;
  private final LogOut logOut;
  private final AccessTokens tokens;
  private final LogInLimits limits;
  private final Bodies bodies;

  AuthController(
      RegisterUser register,
      LogIn logIn,
      RefreshSession refresh,
      LogOut logOut,
      AccessTokens tokens,
      LogInLimits limits,
      Bodies bodies) {
    this.register = register;
    this.logIn = logIn;
    this.refresh = refresh;
    this.logOut = logOut;
    this.tokens = tokens;
    this.limits = limits;
    this.bodies = bodies;
  }

  @Post("/register")
  @Status(HttpStatus.CREATED)
  @Operation(operationId = "register", summary = "Make an account")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = AccountFields.Registration.class)))
  @ApiResponse(responseCode = "201", description = "The account.", useReturnTypeSchema = true)
  UserView register(HttpRequest<?> request) {
    RegistrationRequest wanted = AccountFields.registration(bodies.json(request));
    Actor.Person by = Callers.of(request).map(Caller::person).orElse(null);
    return switch (register.register(wanted, by)) {
      case RegisterUser.Result.Registered done -> UserView.of(done.user());
      case RegisterUser.Result.UsernameTaken _ ->
          throw conflict("This user name is taken. Choose another.");
      case RegisterUser.Result.EmailTaken _ ->
          throw conflict("There is an account with this e-mail address. Log in instead.");
      case RegisterUser.Result.SetupCodeRejected _ ->
          throw Problem.of(ProblemKind.FORBIDDEN, "The set-up code is wrong, or was used before.")
              .asException();
      case RegisterUser.Result.Closed _ ->
          throw Problem.of(ProblemKind.FORBIDDEN, "Registration is closed. Ask a member of staff.")
              .asException();
    };
  }

  @Post("/login")
  @Consumes({MediaType.APPLICATION_JSON, MediaType.APPLICATION_FORM_URLENCODED})
  @Operation(operationId = "logIn", summary = "Exchange a password for tokens")
  @RequestBody(
      required = true,
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = AccountFields.LogInInput.class)),
        @Content(
            mediaType = MediaType.APPLICATION_FORM_URLENCODED,
            schema = @Schema(implementation = AccountFields.LogInForm.class))
      })
  @ApiResponse(responseCode = "200", description = "The tokens.", useReturnTypeSchema = true)
  TokensView logIn(HttpRequest<?> request) {
    AccountFields.Credentials given = AccountFields.credentials(bodies.jsonOrForm(request));
    LogInLimits.Attempt attempt = limits.begin(request, () -> logIn.account(given.account()));
    Optional<Session> session = attempt.by(() -> logIn.logIn(given.account(), given.password()));
    if (session.isEmpty()) {
      throw Problem.unauthorized("User name or password is wrong.", false).asException();
    }
    attempt.succeeded();
    return tokens(session.get());
  }

  @Post("/refresh")
  @Operation(operationId = "refresh", summary = "Exchange a refresh token for new tokens")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = AccountFields.RefreshInput.class)))
  @ApiResponse(responseCode = "200", description = "The tokens.", useReturnTypeSchema = true)
  TokensView refresh(HttpRequest<?> request) {
    Secret token = AccountFields.refreshToken(bodies.json(request));
    return refresh
        .refresh(token)
        .map(this::tokens)
        .orElseThrow(() ->
            Problem.unauthorized("The refresh token is not good any more. Log in again.", true)
                .asException());
  }

  @Post("/logout")
  @Status(HttpStatus.NO_CONTENT)
  @Operation(operationId = "logOut", summary = "End a session")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = AccountFields.RefreshInput.class)))
  @ApiResponse(responseCode = "204", description = "Ended.")
  void logOut(HttpRequest<?> request) {
    logOut.logOut(AccountFields.refreshToken(bodies.json(request)));
  }

  private TokensView tokens(Session session) {
    Secret access = tokens.issue(session.user());
    return new TokensView(
        access.reveal(), session.refreshToken().reveal(), "bearer", tokens.lifetime().toSeconds());
  }

  private static ProblemException conflict(String detail) {
    return Problem.of(ProblemKind.CONFLICT, detail).asException();
  }
}
