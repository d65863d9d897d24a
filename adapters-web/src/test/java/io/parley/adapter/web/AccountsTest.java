package io.parley.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.application.account.RegistrationMode;
import io.parley.domain.account.UserId;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Accounts over HTTP. */
final class AccountsTest {
  private static final FakeParley PARLEY = new FakeParley();
  private static final WebServer SERVER = PARLEY.open();
  private static final Http HTTP = new Http(SERVER);

  @AfterAll
  static void close() {
    HTTP.close();
    SERVER.close();
  }

  @Test
  void aUserSeesTheirOwnAccountAndNoPassword() {
    HttpResponse<String> me = HTTP.get("/api/v1/auth/me", HTTP.signUp("ada"));
    assertThat(me.body())
        .contains("\"username\":\"ada\"", "\"is_staff\":false", "\"is_active\":true")
        .contains("\"subscription_status\":\"free\"", "\"subscription_plan_id\":null")
        .containsPattern("\"date_joined\":\"[0-9T:.-]+Z\"")
        .containsPattern("\"last_login\":\"[0-9T:.-]+Z\"")
        .doesNotContain("assword", "argon2");
  }

  @Test
  void aNameThatIsTakenIs409() {
    HTTP.signUp("taken");
    String body =
        "{\"username\":\"TAKEN\",\"email\":\"x@example.com\",\"password\":\"12345678\",\"first_name\":\"\",\"last_name\":\"\"}";
    assertThat(HTTP.post("/api/v1/auth/register", null, body).statusCode()).isEqualTo(409);
    assertThat(HTTP.post("/api/v1/auth/register", null, "{}").statusCode()).isEqualTo(422);
  }

  @Test
  void allThatIsWrongWithARegistrationIsSaidAtOnce() {
    HttpResponse<String> refused =
        HTTP.post(
            "/api/v1/auth/register",
            null,
            "{\"username\":\"a b\",\"email\":\"x\",\"password\":\"short\"}");

    assertThat(refused.statusCode()).isEqualTo(422);
    for (String field : List.of("username", "email", "password", "first_name", "last_name")) {
      assertThat(refused.body()).containsOnlyOnce("\"field\":\"" + field + "\"");
    }
  }

  @Test
  void theTokenOfAnErasedAccountIsRefusedAtOnce() {
    String token = HTTP.signUp("erased");
    assertThat(HTTP.get("/api/v1/auth/me", token).statusCode()).isEqualTo(200);

    assertThat(HTTP.json("DELETE", "/api/v1/auth/me", token, "").statusCode()).isEqualTo(202);

    assertThat(HTTP.get("/api/v1/auth/me", token).statusCode()).isEqualTo(401);
  }

  @Test
  void aFormLogsInToo() {
    HTTP.signUp("form");
    HttpResponse<String> response =
        HTTP.send(
            HTTP.request("/api/v1/auth/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    BodyPublishers.ofString(
                        "grant_type=password&username=form&password=correct+horse")));
    assertThat(response.body())
        .contains(
            "\"access_token\":\"",
            "\"refresh_token\":\"",
            "\"token_type\":\"bearer\"",
            "\"expires_in\":1200");
  }

  @Test
  void anUnknownUserAndAWrongPasswordGetTheSame401() {
    HTTP.signUp("known");
    HttpResponse<String> wrong = HTTP.logIn("known", "wrong horse");
    HttpResponse<String> unknown = HTTP.logIn("nobody", "wrong horse");
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    assertThat(unknown.statusCode()).isEqualTo(401);
    assertThat(Http.field(unknown.body(), "detail")).isEqualTo(Http.field(wrong.body(), "detail"));
  }

  @Test
  void aRefreshTokenIsGoodOnceAndItsReuseEndsTheSession() {
    HTTP.signUp("fresh");
    String first = Http.field(HTTP.logIn("fresh", "correct horse").body(), "refresh_token");
    String second = Http.field(refresh(first).body(), "refresh_token");
    assertThat(refresh(first).statusCode()).isEqualTo(401);
    assertThat(refresh(second).statusCode()).isEqualTo(401);
    assertThat(HTTP.get("/api/v1/auth/me", first).statusCode()).isEqualTo(401);
  }

  private static HttpResponse<String> refresh(String token) {
    return HTTP.post("/api/v1/auth/refresh", null, "{\"refresh_token\":\"" + token + "\"}");
  }

  @Test
  void loggingOutEndsTheSession() {
    HTTP.signUp("leaver");
    String token = Http.field(HTTP.logIn("leaver", "correct horse").body(), "refresh_token");
    assertThat(
            HTTP.post("/api/v1/auth/logout", null, "{\"refresh_token\":\"" + token + "\"}")
                .statusCode())
        .isEqualTo(204);
    assertThat(refresh(token).statusCode()).isEqualTo(401);
  }

  @Test
  void aPasswordIsChangedByWhoKnowsTheOldOne() {
    String token = HTTP.signUp("changer");
    String path = "/api/v1/auth/password";
    assertThat(
            HTTP.json(
                    "PUT",
                    path,
                    token,
                    "{\"current_password\":\"wrong\",\"new_password\":\"next horse\"}")
                .statusCode())
        .isEqualTo(422);
    assertThat(
            HTTP.json(
                    "PUT",
                    path,
                    token,
                    "{\"current_password\":\"correct horse\",\"new_password\":\"next horse\"}")
                .statusCode())
        .isEqualTo(204);
    assertThat(HTTP.logIn("changer", "correct horse").statusCode()).isEqualTo(401);
    assertThat(HTTP.logIn("changer", "next horse").statusCode()).isEqualTo(200);
  }

  @Test
  void aChangeOfThePasswordEndsAllTokensOnEveryServer() {
    String path = "/api/v1/auth/me";
    try (WebServer second = PARLEY.open();
        Http other = new Http(second)) {
      String old = HTTP.signUp("mover");
      assertThat(other.get(path, old).statusCode()).isEqualTo(200);
      String change = "{\"current_password\":\"correct horse\",\"new_password\":\"next horse\"}";
      HTTP.json("PUT", "/api/v1/auth/password", old, change);
      String next = Http.field(HTTP.logIn("mover", "next horse").body(), "access_token");
      assertThat(HTTP.get(path, old).statusCode()).isEqualTo(401);
      assertThat(HTTP.get(path, next).statusCode()).isEqualTo(200);
      assertThat(other.get(path, next).statusCode()).isEqualTo(200);
      assertThat(other.get(path, old).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void aServerThatSeesNoNewTokenLearnsOfAChangedPasswordToo() throws InterruptedException {
    String path = "/api/v1/auth/me";
    try (WebServer second = PARLEY.open();
        Http other = new Http(second)) {
      String old = HTTP.signUp("quiet");
      assertThat(other.get(path, old).statusCode()).isEqualTo(200);
      String change = "{\"current_password\":\"correct horse\",\"new_password\":\"next horse\"}";
      HTTP.json("PUT", "/api/v1/auth/password", old, change);
      Thread.sleep(2_500);
      assertThat(other.get(path, old).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void aSuspendedUsersTokenStopsWorking() throws InterruptedException {
    String token = HTTP.signUp("suspended");
    String id = Http.field(HTTP.get("/api/v1/auth/me", token).body(), "id");
    PARLEY.suspended.add(new UserId(UUID.fromString(id)));
    Thread.sleep(2_500);
    HttpResponse<String> response = HTTP.get("/api/v1/auth/me", token);
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
        .startsWith("Bearer");
  }

  @Test
  void closedRegistrationOpensToTheSetUpCodeOnce() {
    FakeParley closed = new FakeParley();
    closed.registration = RegistrationMode.CLOSED;
    try (WebServer server = closed.open();
        Http http = new Http(server)) {
      String person =
          "\"email\":\"%s@example.com\",\"password\":\"12345678\",\"first_name\":\"\",\"last_name\":\"\"";
      String without = "{\"username\":\"a\"," + person.formatted("a") + "}";
      String with = "{\"username\":\"b\",\"setup_code\":\"SETUP\"," + person.formatted("b") + "}";
      String again = "{\"username\":\"c\",\"setup_code\":\"SETUP\"," + person.formatted("c") + "}";
      assertThat(http.post("/api/v1/auth/register", null, without).statusCode()).isEqualTo(403);
      assertThat(http.post("/api/v1/auth/register", null, with).body())
          .contains("\"is_staff\":true");
      assertThat(http.post("/api/v1/auth/register", null, again).statusCode()).isEqualTo(403);
      String staff = Http.field(http.logIn("b", "12345678").body(), "access_token");
      assertThat(http.post("/api/v1/auth/register", staff, without).statusCode()).isEqualTo(201);
    }
  }
}
