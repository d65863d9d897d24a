package io.parley.bootstrap.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/** Requests that are wrong, but well-formed HTTP. */
final class BadRequests {
  private static final String BOTS = "/api/v1/bots";

  private final Api api;
  private final String bot;
  private final String messages;

  BadRequests(Person person, String bot) {
    this.api = person.api();
    this.bot = bot;
    this.messages = person.conversation(bot) + "/messages";
  }

  List<BadInput> all() {
    return List.of(
        BadInput.refused("a question of 1 MB", 413, () -> ask("a".repeat(1 << 20))),
        BadInput.refused("a question of 32,001 characters", 422, () -> ask("a".repeat(32_001))),
        BadInput.refused("a question of blanks", 422, () -> ask(" \n ")),
        BadInput.refused("a question with a NUL in it", 422, () -> ask("why\0?")),
        BadInput.refused(
            "half a character in a question",
            422,
            () -> api.post(messages, "{\"content\":\"why \\ud83d\"}")),
        BadInput.refused("a search for a NUL", 422, () -> search("\"a\\u0000\"")),
        BadInput.refused("a search without a query", 422, () -> api.post(bot + "/search", "{}")),
        BadInput.refused("a search for a number", 422, () -> search("17")),
        BadInput.refused("a NUL in a bot's name", 422, () -> named("\"a\\u0000b\"")),
        BadInput.refused("half a character in a bot's name", 422, () -> named("\"a\\ud83d\"")),
        BadInput.refused("a bot's name of 101 characters", 422, () -> named(letters(101))),
        BadInput.refused("a bot's tool with a NUL in it", 422, () -> tool("\\u0000")),
        BadInput.refused("half a bot's tool", 422, () -> tool("\\udc00")),
        BadInput.refused("metadata with a NUL in it", 422, () -> metadata("\\u0000")),
        BadInput.refused("metadata with half a character", 422, () -> metadata("\\ud83d")),
        BadInput.refused("an unknown id", 404, () -> api.get(BOTS + "/" + UUID.randomUUID())),
        BadInput.refused("a malformed id", 404, () -> api.get(BOTS + "/not-an-id")),
        BadInput.refused("an id with a NUL in it", 404, () -> api.get(BOTS + "/a%00b")),
        BadInput.refused("an unknown path", 404, () -> api.get("/api/v1/nothing")),
        BadInput.refused("an unknown method", 405, () -> api.json("PATCH", bot, bytes("{}"))),
        BadInput.refused("a page before the first", 422, () -> api.get(BOTS + "?skip=-1")),
        BadInput.refused("a page of 101", 422, () -> api.get(BOTS + "?limit=101")),
        BadInput.refused("JSON that is not JSON", 400, () -> api.post(BOTS, "{name:Ada}")),
        BadInput.refused("JSON that ends too early", 400, () -> api.post(BOTS, "{\"name\":\"A")),
        BadInput.refused("a list for an object", 400, () -> api.post(BOTS, "[]")),
        BadInput.refused("no body", 400, () -> api.post(BOTS, "")),
        BadInput.refused("one name twice", 400, () -> api.post(BOTS, "{\"name\":1,\"name\":2}")),
        BadInput.refused("JSON 100,000 deep", 400, () -> api.post(BOTS, deep())),
        BadInput.refused("JSON that is not UTF-8", 400, () -> api.json("POST", BOTS, latin())),
        BadInput.refused("JSON of 2 MB", 413, () -> named("\"" + "a".repeat(2 << 20) + "\"")),
        BadInput.refused("XML", 415, () -> typed("application/xml", "{}")),
        BadInput.refused("a gzip body", 415, this::packed));
  }

  private Answer ask(String question) {
    return api.post(messages, "{\"content\":" + Json.quoted(question) + "}");
  }

  private Answer search(String query) {
    return api.post(bot + "/search", "{\"query\":" + query + "}");
  }

  private Answer named(String name) {
    return api.post(BOTS, "{\"name\":" + name + "}");
  }

  private Answer tool(String name) {
    return api.post(BOTS, "{\"name\":\"A\",\"configuration\":{\"tools\":[\"" + name + "\"]}}");
  }

  private Answer metadata(String value) {
    return api.post(
        bot + "/documents/text",
        "{\"name\":\"a.txt\",\"content\":\"Ahoy.\",\"metadata\":{\"a\":\"" + value + "\"}}");
  }

  private Answer typed(String type, String body) {
    return api.send(
        api.request(BOTS).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
  }

  private Answer packed() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(body)) {
      gzip.write(bytes("{\"name\":\"Ada\"}"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return api.send(
        api.request(BOTS)
            .header("Content-Type", "application/json")
            .header("Content-Encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(body.toByteArray())));
  }

  private static String letters(int many) {
    return "\"" + "a".repeat(many) + "\"";
  }

  private static String deep() {
    return "{\"name\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
  }

  private static byte[] latin() {
    return "{\"name\":\"Fähre\"}".getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
