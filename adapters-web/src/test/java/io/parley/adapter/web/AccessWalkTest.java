package io.parley.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.adapter.web.openapi.OperationAccessTable;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Walks every operation with no token, a forged one, and a stranger's. */
final class AccessWalkTest {
  private static final WebServer SERVER = new FakeParley().open();
  private static final Http HTTP = new Http(SERVER);
  private static final String OWNER = HTTP.signUp("owner");
  private static final String STRANGER = HTTP.signUp("walker");
  private static final String BOT = HTTP.bot(OWNER);
  private static final String PUBLIC =
      Http.field(
          HTTP.post("/api/v1/bots", OWNER, "{\"name\":\"P\",\"is_public\":true}").body(), "id");
  private static final String CONVERSATION = HTTP.conversation(OWNER, BOT);
  private static final String DOCUMENT = document(BOT);
  private static final String PUBLIC_DOCUMENT = document(PUBLIC);
  private static final String MESSAGE = answer();

  @AfterAll
  static void close() {
    HTTP.close();
    SERVER.close();
  }

  private static String document(String bot) {
    return Http.field(
        HTTP.post(
                "/api/v1/bots/" + bot + "/documents/text",
                OWNER,
                "{\"name\":\"a.txt\",\"content\":\"a text\"}")
            .body(),
        "id");
  }

  private static String answer() {
    String path = "/api/v1/conversations/" + CONVERSATION + "/messages";
    String exchange = HTTP.post(path, OWNER, "{\"content\":\"Who?\"}").body();
    return Http.field(exchange.substring(exchange.indexOf("assistant_message")), "id");
  }

  /** Otherwise the refusals below would say nothing. */
  @Test
  void whatIsHiddenFromAStrangerIsThereForItsOwner() {
    for (OperationAccessTable.Operation operation :
        only(OperationAccessTable.Who.OWNER, OperationAccessTable.Who.SELF)) {
      // There are no receipts here; the walk over a whole server has one.
      boolean read =
          operation.method().equals("GET")
              && !List.of("documentEvents", "getErasure").contains(operation.id());
      if (read || operation.id().equals("rateMessage")) {
        assertThat(call(operation, BOT, OWNER)).as(operation.id()).isLessThan(300);
      }
    }
  }

  private static int call(OperationAccessTable.Operation operation, String bot, String token) {
    String path =
        operation
            .path()
            .replace("{bot}", bot)
            .replace("{conversation}", CONVERSATION)
            .replace("{document}", bot.equals(PUBLIC) ? PUBLIC_DOCUMENT : DOCUMENT)
            .replace("{message}", MESSAGE)
            .replaceAll("\\{[a-z]+}", UUID.randomUUID().toString());
    boolean form = operation.id().equals("uploadDocuments");
    HttpRequest.Builder request = Http.authorized(HTTP.request(path), token);
    request.header("Content-Type", form ? "multipart/form-data; boundary=b" : "application/json");
    String body =
        operation.id().equals("rateMessage")
            ? "{\"rating\":1}"
            : form ? "--b--" : "{\"query\":\"a\"}";
    return HTTP.send(request.method(operation.method(), BodyPublishers.ofString(body)))
        .statusCode();
  }

  private static List<OperationAccessTable.Operation> only(OperationAccessTable.Who... who) {
    OperationAccessTable table = OperationAccessTable.read();
    return OperationAccessTable.operations().stream()
        .filter(o -> List.of(who).contains(table.who(o.id()).orElseThrow()))
        .toList();
  }

  @Test
  void withoutAGoodTokenEverythingButTheOpenIs401() {
    String[] parts = OWNER.split("\\.");
    String forged = parts[0] + "." + parts[1] + "." + "A".repeat(parts[2].length());
    for (OperationAccessTable.Operation operation :
        only(
            OperationAccessTable.Who.SIGNED_IN,
            OperationAccessTable.Who.ASKER,
            OperationAccessTable.Who.OWNER,
            OperationAccessTable.Who.SELF)) {
      assertThat(call(operation, BOT, null)).as(operation.id()).isEqualTo(401);
      assertThat(call(operation, BOT, forged)).as(operation.id()).isEqualTo(401);
    }
  }

  @Test
  void theOpenAsksForNoToken() {
    for (OperationAccessTable.Operation operation : only(OperationAccessTable.Who.ANYONE)) {
      if (!operation.id().equals("refresh") && !operation.id().equals("logIn")) {
        assertThat(call(operation, BOT, null)).as(operation.id()).isNotEqualTo(401);
      }
    }
  }

  @Test
  void toAStrangerNothingOfAPrivateBotExists() {
    for (OperationAccessTable.Operation operation :
        only(
            OperationAccessTable.Who.ASKER,
            OperationAccessTable.Who.OWNER,
            OperationAccessTable.Who.SELF)) {
      assertThat(call(operation, BOT, STRANGER)).as(operation.id()).isEqualTo(404);
    }
  }

  @Test
  void aPublicBotIsOpenedOnlyByItsOwner() {
    for (OperationAccessTable.Operation operation : only(OperationAccessTable.Who.OWNER)) {
      assertThat(call(operation, PUBLIC, STRANGER)).as(operation.id()).isEqualTo(403);
    }
    for (OperationAccessTable.Operation operation : only(OperationAccessTable.Who.ASKER)) {
      assertThat(call(operation, PUBLIC, STRANGER)).as(operation.id()).isLessThan(300);
    }
  }
}
