package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.adapter.web.openapi.OperationAccessTable;
import io.parley.adapter.web.openapi.OperationAccessTable.Who;
import io.parley.bootstrap.e2e.Operations.Operation;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every operation, called by whom it is not for, over what really is there. */
@ExtendWith(SharedParley.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsolationIT {
  private Api api;
  private Person owner;
  private Person stranger;
  private Possessions secret;
  private Possessions open;
  private String before;
  private List<Operation> operations;

  @BeforeAll
  void settle(RunningParley parley) {
    api = parley.api();
    owner = Person.signUp(api, "first");
    stranger = Person.signUp(api, "second");
    secret = Possessions.make(owner, false);
    open = Possessions.make(owner, true);
    before = secret.seen() + open.seen();
    operations = Operations.of(api.get("/openapi.json").json(200));
  }

  @AfterEach
  void nothingOfTheOwnersHasChanged() {
    assertThat(secret.seen() + open.seen())
        .isEqualTo(before)
        .contains(secret.canary(), open.canary());
  }

  private List<Operation> only(Who... who) {
    return operations.stream().filter(o -> List.of(who).contains(o.who())).toList();
  }

  private Answer called(SoftAssertions all, Operation operation, Person who, Possessions things) {
    Answer answer = operation.call(who.api(), things);
    all.assertThat(answer.text()).as(operation.id()).doesNotContain(secret.canary(), open.canary());
    return answer;
  }

  @Test
  void everyOperationHasARowAndEveryRowAnOperation() {
    assertThat(operations)
        .extracting(Operation::id)
        .containsExactlyInAnyOrderElementsOf(OperationAccessTable.read().operationIds());
  }

  @Test
  void anOperationThatTheTableDoesNotKnowIsNoticed() {
    Json planted = Json.of("{\"paths\":{\"/planted\":{\"get\":{\"operationId\":\"planted\"}}}}");
    assertThatThrownBy(() -> Operations.of(planted).getFirst().who())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("planted");
  }

  @Test
  void aStrangerFindsNothingOfAPrivateBot() {
    SoftAssertions all = new SoftAssertions();
    for (Operation operation : only(Who.ASKER, Who.OWNER, Who.SELF)) {
      Answer answer = called(all, operation, stranger, secret);
      all.check(() -> assertThat(answer.problem(404)).as(operation.id()).contains("no such"));
    }
    all.assertAll();
  }

  @Test
  void aDocumentIsNotReachedThroughABotOfTheStrangersOwn() {
    Possessions mixed = secret.through(stranger.bot(""));
    List<Operation> ofDocuments =
        operations.stream()
            .filter(o -> o.template().contains("{bot}") && o.template().contains("{document}"))
            .toList();
    assertThat(ofDocuments).hasSizeGreaterThan(5);
    SoftAssertions all = new SoftAssertions();
    for (Operation operation : ofDocuments) {
      Answer answer = called(all, operation, stranger, mixed);
      all.check(() -> assertThat(answer.problem(404)).as(operation.id()).contains("no such"));
    }
    all.assertAll();
  }

  @Test
  void aStrangerMayAskAPublicBotAndDoNothingElseToIt() {
    SoftAssertions all = new SoftAssertions();
    for (Operation operation : only(Who.ASKER)) {
      all.assertThat(called(all, operation, stranger, open).status())
          .as(operation.id())
          .isBetween(200, 299);
    }
    for (Operation operation : only(Who.OWNER)) {
      Answer answer = called(all, operation, stranger, open);
      all.check(() -> assertThat(answer.problem(403)).as(operation.id()).isNotEmpty());
    }
    for (Operation operation : only(Who.SELF)) {
      Answer answer = called(all, operation, stranger, open);
      all.check(() -> assertThat(answer.problem(404)).as(operation.id()).isNotEmpty());
    }
    all.assertAll();
  }

  @Test
  void whatIsOnesOwnHoldsNothingOfOthers() {
    Person third = Person.signUp(api, "third");
    SoftAssertions all = new SoftAssertions();
    for (Operation operation : only(Who.SIGNED_IN, Who.ANYONE)) {
      // The end of an account would end the walk.
      boolean last = operation.id().equals("deleteAccount");
      called(all, operation, last ? Person.signUp(api, "fourth") : third, secret);
    }
    all.assertAll();
  }

  @Test
  void withoutATokenEverythingButTheOpenIsRefused() {
    SoftAssertions all = new SoftAssertions();
    for (Operation operation : only(Who.SIGNED_IN, Who.ASKER, Who.OWNER, Who.SELF)) {
      Answer answer = operation.call(api, open);
      all.check(() -> assertThat(answer.problem(401)).as(operation.id()).isNotEmpty());
      all.assertThat(answer.header("WWW-Authenticate")).as(operation.id()).startsWith("Bearer");
    }
    all.assertAll();
  }

  @Test
  void aForgedTokenIsNoToken() {
    String id = owner.api().get("/api/v1/auth/me").json(200).text("id");
    ForgedTokens tokens = new ForgedTokens(id);
    assertThat(api.as(tokens.good()).get(secret.bot()).status())
        .as("a token that is signed as it should be")
        .isEqualTo(200);
    SoftAssertions all = new SoftAssertions();
    Map<String, String> forged = tokens.all(String.valueOf(owner.api().token()));
    for (Operation operation : only(Who.SIGNED_IN, Who.ASKER, Who.OWNER, Who.SELF)) {
      forged.forEach((what, token) ->
          all.assertThat(operation.call(api.as(token), secret).status())
              .as("%s with %s", operation.id(), what)
              .isEqualTo(401));
    }
    all.assertAll();
  }

  @Test
  void aRefreshTokenOpensNothing() {
    String refresh = Person.logIn(api, owner.username()).text("refresh_token");
    api.as(refresh).get(secret.bot()).problem(401);
  }

  @Test
  void aStrangersCitationOfAPublicBotHasNoLink() {
    Json answer =
        stranger
            .ask(stranger.conversation(open.bot()), "Who is the harbour master of open bay?")
            .at("assistant_message");
    assertThat(answer.items("citations")).isNotEmpty();
    answer.items("citations").forEach(c -> assertThat(c.at("url").value()).isNull());
  }

  @Test
  void aStrangerSeesNeitherPromptNorConfigurationOfAPublicBot() {
    assertThat(stranger.api().get(open.bot()).json(200).names())
        .contains("name", "welcome_message")
        .doesNotContain("system_prompt", "configuration");
  }
}
