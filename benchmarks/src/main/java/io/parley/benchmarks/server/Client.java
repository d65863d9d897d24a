package io.parley.benchmarks.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A signed-in user of a running server. */
final class Client implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String PASSWORD = "benchmark-1871";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI server;
  private @Nullable String token;

  private Client(URI server) {
    this.server = server;
  }

  /** Registers a new user and signs in. */
  static Client registered(URI server) throws IOException, InterruptedException {
    Client client = new Client(server);
    String name = "bench" + UUID.randomUUID().toString().substring(0, 8);
    client.post(
        "/api/v1/auth/register",
        """
        {"username":"%s","email":"%s@example.com","password":"%s","first_name":"B","last_name":"M"}
        """
            .formatted(name, name, PASSWORD));
    client.token =
        field(
            "access_token",
            client.post(
                "/api/v1/auth/login",
                """
                {"username_or_email":"%s","password":"%s"}
                """
                    .formatted(name, PASSWORD)));
    return client;
  }

  UUID newBot() throws IOException, InterruptedException {
    return UUID.fromString(field("id", post("/api/v1/bots", "{\"name\":\"Benchmark\"}")));
  }

  UUID userId() throws IOException, InterruptedException {
    return UUID.fromString(field("id", get("/api/v1/auth/me")));
  }

  String get(String path) throws IOException, InterruptedException {
    return body(http.send(request(path).GET().build(), BodyHandlers.ofString()));
  }

  String post(String path, String json) throws IOException, InterruptedException {
    return body(http.send(posting(path, json), BodyHandlers.ofString()));
  }

  /** The status, once the whole answer is there. */
  CompletableFuture<Integer> status(HttpRequest request) {
    return http.sendAsync(request, BodyHandlers.ofByteArray()).thenApply(HttpResponse::statusCode);
  }

  HttpRequest getting(String path) {
    return request(path).GET().build();
  }

  HttpRequest posting(String path, String json) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json))
        .build();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE);
    String bearer = token;
    return bearer == null ? request : request.header("Authorization", "Bearer " + bearer);
  }

  private static String body(HttpResponse<String> response) throws IOException {
    if (response.statusCode() >= 300) {
      throw new IOException(response.uri() + ": " + response.statusCode() + " " + response.body());
    }
    return response.body();
  }

  /** The first value of a name in a JSON text. */
  static String field(String name, String json) throws IOException {
    Matcher value = Pattern.compile("\"" + name + "\"\\s*:\\s*\"?([^\",}]*)").matcher(json);
    if (!value.find()) {
      throw new IOException("No " + name + " in " + json);
    }
    return Objects.requireNonNull(value.group(1));
  }

  @Override
  public void close() {
    http.close();
  }
}
