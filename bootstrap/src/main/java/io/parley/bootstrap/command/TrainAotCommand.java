package io.parley.bootstrap.command;

import io.parley.bootstrap.server.ParleyServer;
import io.parley.bootstrap.server.UnpackedPrograms;
import io.parley.bootstrap.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/**
 * {@code parley train-aot}: unpacks the programs that Parley brings, and goes through a short life
 * of the server, from which the build makes its AOT cache.
 */
@Command(name = "train-aot", hidden = true)
final class TrainAotCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String TEXT =
      "The lighthouse of Skerry Point was built in 1871. Its keeper is Ada Brandt.";

  @Override
  public Integer call() throws Exception {
    Path directory = Files.createTempDirectory("parley-train-");
    try {
      Logs.forCommand("INFO");
      UnpackedPrograms.unpack();
      try (ParleyServer server = ParleyServer.start(settings(directory))) {
        new Life(server.uri()).live();
      }
    } finally {
      Directories.delete(directory);
    }
    return 0;
  }

  private static Settings settings(Path directory) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PARLEY_DATA_DIR", directory.toString());
    environment.put("API_PORT", "0");
    return Settings.read(environment, directory);
  }

  /** What a first user does. */
  private static final class Life {
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI server;
    private @Nullable String token;

    Life(URI server) {
      this.server = server;
    }

    void live() throws IOException, InterruptedException {
      get("/health");
      get("/health/ready");
      get("/openapi.json");
      post(
          "/api/v1/auth/register",
          """
          {"username":"train","email":"train@example.com","password":"training","first_name":"T","last_name":"R"}
          """);
      token =
          field(
              "access_token",
              post(
                  "/api/v1/auth/login",
                  """
                  {"username_or_email":"train","password":"training"}
                  """));
      String bot = field("id", post("/api/v1/bots", "{\"name\":\"Lights\"}"));
      String documents = "/api/v1/bots/" + bot + "/documents";
      String document =
          field(
              "id",
              post(documents + "/text", "{\"name\":\"light.txt\",\"content\":\"" + TEXT + "\"}"));
      await(documents + "/" + document);
      post("/api/v1/bots/" + bot + "/search", "{\"query\":\"keeper\"}");
      String conversation = field("id", post("/api/v1/bots/" + bot + "/conversations", "{}"));
      post(
          "/api/v1/conversations/" + conversation + "/messages",
          "{\"content\":\"Who keeps the lighthouse?\"}");
      get("/api/v1/conversations/" + conversation + "/messages");
      get("/api/v1/bots");
    }

    private void await(String path) throws IOException, InterruptedException {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!field("status", get(path)).equals("complete")) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("The document was not taken in.");
        }
        Thread.sleep(100);
      }
    }

    private String get(String path) throws IOException, InterruptedException {
      return send(request(path).GET());
    }

    private String post(String path, String json) throws IOException, InterruptedException {
      return send(
          request(path)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(json)));
    }

    private HttpRequest.Builder request(String path) {
      HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE);
      return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new IllegalStateException(response.request().uri() + ": " + response.statusCode());
      }
      return response.body();
    }

    private static String field(String name, String json) {
      Matcher value = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
      if (!value.find()) {
        throw new IllegalStateException("No " + name + " in the answer.");
      }
      return value.group(1);
    }
  }
}
