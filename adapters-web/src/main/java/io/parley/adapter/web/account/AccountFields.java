package io.parley.adapter.web.account;

import io.parley.adapter.web.json.Fields;
import io.parley.application.account.RegistrationRequest;
import io.parley.domain.port.Secret;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is sent to accounts: as documented, and as read. */
final class AccountFields {
  private static final int ANY = 10_000;

  private AccountFields() {}

  @Schema(name = "Registration")
  record Registration(
      @Schema(maxLength = 50) String username,
      @Schema(maxLength = 255) String email,
      @Schema(minLength = 8, maxLength = 1024) String password,
      @Schema(maxLength = 50) String firstName,
      @Schema(maxLength = 50) String lastName,
      @Nullable String setupCode) {}

  @Schema(name = "LogIn")
  record LogInInput(String usernameOrEmail, String password) {}

  @Schema(name = "LogInForm")
  record LogInForm(String username, String password) {}

  @Schema(name = "RefreshToken")
  record RefreshInput(String refreshToken) {}

  @Schema(name = "PasswordChange")
  record PasswordInput(
      String currentPassword, @Schema(minLength = 8, maxLength = 1024) String newPassword) {}

  /** Who logs in, with what. */
  record Credentials(String account, Secret password) {}

  static RegistrationRequest registration(Fields fields) {
    String code = fields.optionalText("setup_code", ANY);
    RegistrationRequest request =
        new RegistrationRequest(
            fields.text("username", ANY),
            fields.text("email", ANY),
            new Secret(fields.text("password", ANY)),
            fields.text("first_name", ANY),
            fields.text("last_name", ANY),
            code == null || code.isBlank() ? null : new Secret(code.strip()));
    request.faults().forEach(fault -> fields.refuseOnce(fault.name(), fault.detail()));
    fields.check();
    return request;
  }

  static Credentials credentials(Fields fields) {
    String account = fields.has("username_or_email") ? "username_or_email" : "username";
    String name = fields.text(fields.has(account) ? account : "username_or_email", ANY);
    Secret password = new Secret(fields.text("password", ANY));
    fields.check();
    return new Credentials(name, password);
  }

  static Secret refreshToken(Fields fields) {
    Secret token = new Secret(fields.text("refresh_token", ANY));
    fields.check();
    return token;
  }
}
