package io.parley.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bots over HTTP. */
final class BotsTest {
  private static final WebServer SERVER = new FakeParley().open();
  private static final Http HTTP = new Http(SERVER);
  private static final String TOKEN = HTTP.signUp("maker");

  @AfterAll
  static void close() {
    HTTP.close();
    SERVER.close();
  }

  @Test
  void aBotThatIsSwitchedOffIsNeitherAskedNorSearched() {
    String bot = HTTP.bot(TOKEN);
    String path = "/api/v1/bots/" + bot;
    String ask = "/api/v1/conversations/" + HTTP.conversation(TOKEN, bot) + "/messages";
    HTTP.json("PUT", path, TOKEN, "{\"status\":\"inactive\"}");
    for (HttpResponse<String> refused :
        List.of(
            HTTP.post(path + "/search", TOKEN, "{\"query\":\"whales\"}"),
            HTTP.post(ask, TOKEN, "{\"content\":\"Who?\"}"))) {
      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(refused.body()).contains("\"code\":\"bot_inactive\"", "Set its status to active");
    }
    HTTP.json("PUT", path, TOKEN, "{\"status\":\"active\"}");
    assertThat(HTTP.post(path + "/search", TOKEN, "{\"query\":\"whales\"}").statusCode())
        .isEqualTo(200);
    assertThat(HTTP.post(ask, TOKEN, "{\"content\":\"Who?\"}").statusCode()).isEqualTo(200);
  }

  @Test
  void theCloneIsNotErasedSinceEveryoneHasOne() {
    String token = HTTP.signUp("keeper");
    String clone = Http.field(HTTP.get("/api/v1/bots", token).body(), "id");
    HttpResponse<String> refused = HTTP.json("DELETE", "/api/v1/bots/" + clone, token, "");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("exactly one clone");
    assertThat(HTTP.get("/api/v1/bots/" + clone, token).statusCode()).isEqualTo(200);
    String other = HTTP.bot(token);
    assertThat(HTTP.json("DELETE", "/api/v1/bots/" + other, token, "").statusCode()).isEqualTo(204);
  }

  @Test
  void aBotHasItsDefaults() {
    HttpResponse<String> made =
        HTTP.post("/api/v1/bots", TOKEN, "{\"name\":\" Ada \",\"unknown\":{}}");
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(made.body())
        .contains(
            "\"name\":\"Ada\"",
            "\"description\":null",
            "\"temperature\":0.7",
            "\"is_public\":false")
        .contains(
            "\"welcome_message\":\"Hi! How can I help you today?\"", "\"model_type\":\"scripted\"")
        .contains(
            "\"configuration\":{\"agent\":\"rag\",\"tools\":[],\"top_k\":null}",
            "\"status\":\"active\"");
  }

  @Test
  void aChangeChangesOnlyWhatIsSent() {
    String made =
        HTTP.post(
                "/api/v1/bots",
                TOKEN,
                "{\"name\":\"A\",\"description\":\"d\",\"system_prompt\":\"s\",\"temperature\":1.5,\"is_public\":true}")
            .body();
    String path = "/api/v1/bots/" + Http.field(made, "id");
    assertThat(
            HTTP.json("PUT", path, TOKEN, "{\"description\":null,\"status\":\"inactive\"}").body())
        .contains("\"name\":\"A\"", "\"description\":null", "\"system_prompt\":\"s\"")
        .contains("\"temperature\":1.5", "\"is_public\":true", "\"status\":\"inactive\"");
    assertThat(HTTP.json("PUT", path, TOKEN, "{}").body())
        .contains("\"system_prompt\":\"s\"", "\"is_public\":true");
    assertThat(HTTP.json("PUT", path, TOKEN, "{\"name\":null}").statusCode()).isEqualTo(422);
    assertThat(HTTP.json("PUT", path, TOKEN, "{\"status\":\"error\"}").statusCode()).isEqualTo(422);
    assertThat(HTTP.json("PUT", path, TOKEN, "{\"model_type\":\"nope\"}").statusCode())
        .isEqualTo(422);
  }

  @Test
  void aStrangerSeesAPublicBotWithoutItsInside() {
    String made =
        HTTP.post(
                "/api/v1/bots",
                TOKEN,
                "{\"name\":\"P\",\"is_public\":true,\"system_prompt\":\"secret\"}")
            .body();
    String seen = HTTP.get("/api/v1/bots/" + Http.field(made, "id"), HTTP.signUp("looker")).body();
    assertThat(seen)
        .contains("\"name\":\"P\"")
        .doesNotContain("system_prompt", "configuration", "secret");
  }

  @Test
  void theListIsPagedAndTheCloneIsInIt() {
    String token = HTTP.signUp("lister");
    HTTP.bot(token);
    assertThat(HTTP.get("/api/v1/bots?skip=1&limit=1", token).body())
        .contains("\"total\":2", "\"skip\":1", "\"limit\":1");
    assertThat(HTTP.get("/api/v1/bots", token).body()).contains("\"is_clone\":true");
  }

  @Test
  void aDeletedBotIsGone() {
    String path = "/api/v1/bots/" + HTTP.bot(TOKEN);
    HttpResponse<String> gone = HTTP.send(Http.authorized(HTTP.request(path), TOKEN).DELETE());
    assertThat(gone.statusCode()).isEqualTo(204);
    assertThat(gone.headers().firstValue("Erasure-Id")).isPresent();
    assertThat(HTTP.get(path, TOKEN).statusCode()).isEqualTo(404);
  }

  @Test
  void aSearchAnswersWithPassages() {
    String path = "/api/v1/bots/" + HTTP.bot(TOKEN) + "/search";
    assertThat(HTTP.post(path, TOKEN, "{\"query\":\"whales\"}").body())
        .startsWith("{\"results\":[{\"source_type\":\"document\",\"document_id\":\"")
        .contains(
            "\"document_name\":\"whales.txt\"",
            "\"page\":1",
            "\"start\":0",
            "\"end\":21",
            "\"metadata\":{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"query\":\"\"}",
        "{\"query\":\"a\",\"limit\":51}",
        "{\"query\":\"a\",\"limit\":1.5}",
        "{\"query\":\"a\",\"mode\":\"magic\"}",
        "{\"query\":\"a\",\"filter\":[]}",
        "{\"query\":\"a\",\"filter\":{\"field\":\"owner\",\"op\":\"eq\",\"value\":\"x\"}}",
        "{\"query\":\"a\",\"filter\":{\"field\":\"language\",\"op\":\"like\",\"value\":\"x\"}}",
        "{\"query\":\"a\",\"filter\":{\"field\":\"language\",\"op\":\"eq\",\"value\":7}}",
        "{\"query\":\"a\",\"filter\":{\"field\":\"metadata.a\",\"op\":\"in\",\"value\":[]}}",
        "{\"query\":\"a\",\"filter\":{\"field\":\"metadata.a\",\"op\":\"gt\",\"value\":true}}",
        "{\"query\":\"a\",\"filter\":{\"field\":\"uploaded_at\",\"op\":\"gt\",\"value\":\"soon\"}}",
        "{\"query\":\"a\",\"filter\":{\"field\":\"document_id\",\"op\":\"eq\",\"value\":\"1234\"}}",
        "{\"query\":\"a\",\"filter\":{\"all\":[],\"any\":[]}}",
        "{\"query\":\"a\",\"filter\":{\"not\":{\"not\":{\"not\":{\"not\":{\"not\":{\"not\":{\"not\":{\"not\":{\"not\":{\"not\":{\"all\":[]}}}}}}}}}}}}"
      })
  void aSearchThatIsNoneIs422(String body) {
    assertThat(HTTP.post("/api/v1/bots/" + HTTP.bot(TOKEN) + "/search", TOKEN, body).statusCode())
        .isEqualTo(422);
  }

  @Test
  void filtersOfEveryKindAreTaken() {
    String filter =
        """
        {"query":"a","filter":{"all":[
          {"any":[{"field":"metadata.year","op":"gte","value":2000},{"field":"metadata.ok","op":"eq","value":true}]},
          {"not":{"field":"content_type","op":"ne","value":"text/plain"}},
          {"field":"uploaded_at","op":"lt","value":"2030-01-01T00:00:00+02:00"},
          {"field":"document_id","op":"in","value":["11111111-1111-1111-1111-111111111111"]},
          {"field":"language","op":"exists"},{"field":"metadata.x.y","op":"exists","value":false}]}}
        """;
    assertThat(HTTP.post("/api/v1/bots/" + HTTP.bot(TOKEN) + "/search", TOKEN, filter).statusCode())
        .isEqualTo(200);
  }

  @Test
  void aConversationIsItsAskers() {
    String bot = HTTP.bot(TOKEN);
    String path = "/api/v1/conversations/" + HTTP.conversation(TOKEN, bot);
    assertThat(HTTP.get("/api/v1/bots/" + bot + "/conversations", TOKEN).body())
        .contains("\"total\":1");
    assertThat(HTTP.json("PUT", path, TOKEN, "{\"title\":\" New \"}").body())
        .contains("\"title\":\"New\"", "\"message_count\":0", "\"metadata\":{}");
    assertThat(HTTP.json("PUT", path, TOKEN, "{\"title\":\" \"}").statusCode()).isEqualTo(422);
    assertThat(HTTP.send(Http.authorized(HTTP.request(path), TOKEN).DELETE()).statusCode())
        .isEqualTo(204);
    assertThat(HTTP.get(path + "/messages", TOKEN).statusCode()).isEqualTo(404);
  }
}
