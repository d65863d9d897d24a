package io.parley.testkit.vectorstore.pinecone;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Makes, describes and removes indexes. */
final class IndexRequests implements HttpHandler {
  private static final String PATH = "/indexes";

  private final PineconeServer server;
  private final String key;
  private int refusals;
  private int refusedWith;

  private record Answer(int status, String body) {
    static Answer error(int status, String why) {
      return new Answer(
          status,
          "{\"error\":{\"code\":\""
              + status
              + "\",\"message\":\""
              + why
              + "\"},\"status\":"
              + status
              + "}");
    }
  }

  IndexRequests(PineconeServer server, String key) {
    this.server = server;
    this.key = key;
  }

  synchronized void refuseNext(int times, int status) {
    refusals = times;
    refusedWith = status;
  }

  private synchronized Optional<Answer> refusal() {
    return refusals-- > 0
        ? Optional.of(Answer.error(refusedWith, "as the test has planned"))
        : Optional.empty();
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = refusal().orElse(null);
      if (answer == null) {
        answer = answer(exchange);
      }
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.getResponseHeaders().set("Retry-After", "0");
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    if (!key.equals(exchange.getRequestHeaders().getFirst("Api-Key"))) {
      return Answer.error(401, "Invalid API Key");
    }
    String path = exchange.getRequestURI().getPath();
    String name = path.length() > PATH.length() + 1 ? path.substring(PATH.length() + 1) : "";
    return switch (exchange.getRequestMethod()) {
      case "GET" -> describe(name);
      case "POST" ->
          make(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      case "DELETE" -> {
        server.lose(name);
        yield new Answer(202, "");
      }
      default -> Answer.error(405, "Method not allowed");
    };
  }

  private Answer describe(String name) {
    return server
        .find(name)
        .map(index -> new Answer(200, index.described()))
        .orElse(Answer.error(404, "Resource " + name + " not found"));
  }

  private Answer make(String body) {
    JsonObject asked = JsonParser.parseString(body).getAsJsonObject();
    String name = asked.get("name").getAsString();
    if (!name.matches("[a-z0-9][a-z0-9-]{0,44}")
        || !asked.getAsJsonObject("spec").has("serverless")) {
      return Answer.error(400, "Bad request");
    }
    int dimension = asked.get("dimension").getAsInt();
    String metric = asked.get("metric").getAsString().toLowerCase(Locale.ROOT);
    return server.make(name, dimension, metric)
        ? new Answer(201, server.find(name).orElseThrow().described())
        : Answer.error(409, "Resource already exists");
  }
}
