package io.parley.bootstrap.e2e;

import java.util.List;
import java.util.UUID;

/** Somebody with an account, and what they do with it. */
record Person(String username, Api api) {
  static final String PASSWORD = "correct horse";

  static Person signUp(Api api, String name) {
    String username = name + "-" + UUID.randomUUID().toString().substring(0, 8);
    api.post("/api/v1/auth/register", registration(username, "")).json(201);
    return returning(api, username);
  }

  /** Somebody who has an account. */
  static Person returning(Api api, String username) {
    return new Person(username, api.as(logIn(api, username).text("access_token")));
  }

  static String registration(String username, String more) {
    return """
    {"username":"%s","email":"%s@example.com","password":"%s","first_name":"Ada","last_name":"Brandt"%s}
    """
        .formatted(username, username, PASSWORD, more);
  }

  static Json logIn(Api api, String username) {
    return api.post(
            "/api/v1/auth/login",
            "{\"username_or_email\":\"%s\",\"password\":\"%s\"}".formatted(username, PASSWORD))
        .json(200);
  }

  /** The path of a new bot. */
  String bot(String more) {
    Json bot = api.post("/api/v1/bots", "{\"name\":\"Harbour\"" + more + "}").json(201);
    return "/api/v1/bots/" + bot.text("id");
  }

  /** The path of a new conversation. */
  String conversation(String bot) {
    return "/api/v1/conversations/" + api.post(bot + "/conversations", "{}").json(201).text("id");
  }

  /** The path of a file that was accepted. */
  String upload(String bot, Api.Upload file) {
    Json uploaded = api.upload(bot + "/documents", null, file).json(202);
    return bot + "/documents/" + uploaded.items("documents").getFirst().text("id");
  }

  /** The document at the end of its events. */
  Json followed(String document) {
    List<Api.Event> events = api.events(api.request(document + "/events").GET());
    return events.getLast().data();
  }

  /** The answer to a question. */
  Json ask(String conversation, String question) {
    return api.post(conversation + "/messages", "{\"content\":" + Json.quoted(question) + "}")
        .json(200);
  }

  /** Search results. */
  List<Json> search(String bot, String query, String more) {
    return api.post(bot + "/search", "{\"query\":" + Json.quoted(query) + more + "}")
        .json(200)
        .items("results");
  }
}
