package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedParley.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountsIT {
  private static final String REGISTER = "/api/v1/auth/register";

  private RunningParley parley;
  private Api api;

  @BeforeAll
  void open(RunningParley running) {
    parley = running;
    api = running.api();
  }

  private static String name() {
    return "user-" + UUID.randomUUID().toString().substring(0, 8);
  }

  @Test
  void theSetUpCodeMakesAStaffAccountOnce() {
    String code = ",\"setup_code\":\"" + parley.setupCode() + "\"";
    Json staff = api.post(REGISTER, Person.registration(name(), code)).json(201);
    Fields.USER.require(staff);
    assertThat(staff.at("is_staff").value()).isEqualTo(true);

    int second = api.post(REGISTER, Person.registration(name(), code)).status();
    assertThat(second).isIn(403, 409, 422);
    assertThat(api.post(REGISTER, Person.registration(name(), ",\"setup_code\":\"guessed-it\"")))
        .extracting(Answer::status)
        .isEqualTo(second);
  }

  @Test
  void whoeverRegistersLogsInAndIsKnown() {
    String name = name();
    Json user = api.post(REGISTER, Person.registration(name, "")).json(201);
    Fields.USER.require(user);
    assertThat(user.at("is_staff").value()).isEqualTo(false);
    assertThat(user.text("subscription_status")).isEqualTo("free");

    Json tokens = Person.logIn(api, name);
    Fields.TOKENS.require(tokens);
    assertThat(tokens.text("token_type")).isEqualTo("bearer");
    Json me = api.as(tokens.text("access_token")).get("/api/v1/auth/me").json(200);
    Fields.USER.require(me);
    assertThat(me.text("username")).isEqualTo(name);
    assertThat(me.text("date_joined")).endsWith("Z");
  }

  @Test
  void aNameThatIsTakenIsAConflict() {
    String registration = Person.registration(name(), "");
    api.post(REGISTER, registration).json(201);
    api.post(REGISTER, registration).problem(409);
  }

  @Test
  void anUnknownUserAndAWrongPasswordLookTheSame() {
    String name = name();
    api.post(REGISTER, Person.registration(name, "")).json(201);
    String login = "{\"username_or_email\":\"%s\",\"password\":\"wrong one\"}";
    String wrong = api.post("/api/v1/auth/login", login.formatted(name)).problem(401);
    String unknown = api.post("/api/v1/auth/login", login.formatted("nobody")).problem(401);
    assertThat(wrong).isEqualTo(unknown);
  }

  @Test
  void aRefreshTokenIsGoodOnceAndItsReuseEndsTheFamily() {
    Person person = Person.signUp(api, "fresh");
    String first = Person.logIn(api, person.username()).text("refresh_token");
    Json renewed = api.post("/api/v1/auth/refresh", refresh(first)).json(200);
    Fields.TOKENS.require(renewed);
    api.post("/api/v1/auth/refresh", refresh(first)).problem(401);
    api.post("/api/v1/auth/refresh", refresh(renewed.text("refresh_token"))).problem(401);
  }

  private static String refresh(String token) {
    return "{\"refresh_token\":\"" + token + "\"}";
  }
}
