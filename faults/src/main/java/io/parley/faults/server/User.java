package io.parley.faults.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parley.faults.ledger.Ledger;
import io.parley.faults.ledger.SampleText;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A signed-in user over HTTP, with one bot, who writes down what the server promised. */
final class User {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration SIGN_IN_AGAIN = Duration.ofMinutes(10);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BOUNDARY = "a-boundary-that-stands-in-no-file";
  private static final String PASSWORD = "correct horse 1871";

  private final HttpClient http;
  private final URI server;
  private final Ledger ledger;
  private final String name;
  private final Onlooker onlooker;
  private String token = "";
  private long signedIn;
  private String bot = "";

  User(HttpClient http, URI server, Ledger ledger, String name) {
    this(http, server, ledger, name, (_, _, _) -> {});
  }

  User(HttpClient http, URI server, Ledger ledger, String name, Onlooker onlooker) {
    this.http = http;
    this.server = server;
    this.ledger = ledger;
    this.name = name;
    this.onlooker = onlooker;
  }

  /** The same user at another server. */
  User at(URI other) {
    User same = new User(http, other, ledger, name, onlooker);
    same.token = token;
    same.bot = bot;
    return same;
  }

  void register() throws IOException, InterruptedException {
    Map<String, String> account =
        Map.of(
            "username",
            name,
            "email",
            name + "@example.com",
            "password",
            PASSWORD,
            "first_name",
            "Ada",
            "last_name",
            "Brandt");
    json("POST", "/auth/register", account).required();
    signIn();
    bot = json("POST", "/bots", Map.of("name", "Lanterns")).required().path("id").asText();
  }

  /** Signs in again, with the password. */
  Answer logIn() throws IOException, InterruptedException {
    Map<String, String> credential = Map.of("username_or_email", name, "password", PASSWORD);
    return json("POST", "/auth/login", credential);
  }

  /** Signs in again before the token expires, which a long run outlives. */
  void staySignedIn() throws IOException, InterruptedException {
    if (System.nanoTime() - signedIn > SIGN_IN_AGAIN.toNanos()) {
      signIn();
    }
  }

  private void signIn() throws IOException, InterruptedException {
    Answer answer = logIn();
    if (answer.good()) {
      token = answer.body().path("access_token").asText();
      signedIn = System.nanoTime();
    }
  }

  /** Asks for everything that can be read without changing anything. */
  void lookAround(String question) throws IOException, InterruptedException {
    send(request("/bots"));
    send(request("/bots/" + bot + "/documents?limit=5"));
    json("POST", "/bots/" + bot + "/search", Map.of("query", question));
    logIn();
  }

  /** Whether it reads and writes for this user just now. */
  boolean isServed() throws IOException, InterruptedException {
    return send(request("/bots")).good()
        && json("POST", "/bots/" + bot + "/search", Map.of("query", "lantern")).good()
        && json("PUT", "/bots/" + bot, Map.of("description", "At " + System.nanoTime())).good();
  }

  /** The document's id when the server promised to keep it. */
  Optional<String> upload(SampleText text) throws IOException, InterruptedException {
    return upload(text, BodyPublishers.ofByteArray(form(text)));
  }

  /** The same over a slow line. */
  Optional<String> uploadSlowly(SampleText text, Duration over, Runnable begun)
      throws IOException, InterruptedException {
    byte[] form = form(text);
    return upload(text, BodyPublishers.ofInputStream(() -> new SlowBody(form, over, begun)));
  }

  private Optional<String> upload(SampleText text, HttpRequest.BodyPublisher body)
      throws IOException, InterruptedException {
    String deed = ledger.uploading(bot, text);
    Answer answer =
        send(
            request("/bots/" + bot + "/documents")
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(body));
    return kept(deed, answer, answer.body().path("documents").path(0));
  }

  private static byte[] form(SampleText text) {
    return "--%s\r\nContent-Disposition: form-data; name=\"files\"; filename=\"lantern.txt\"\r\n\r\n%s\r\n--%s--\r\n"
        .formatted(BOUNDARY, new String(text.bytes(), StandardCharsets.UTF_8), BOUNDARY)
        .getBytes(StandardCharsets.UTF_8);
  }

  boolean replace(String document, SampleText text) throws IOException, InterruptedException {
    String deed = ledger.replacing(document, text);
    String content = new String(text.bytes(), StandardCharsets.UTF_8);
    Answer answer = json("PUT", path(document) + "/content", Map.of("content", content));
    return kept(deed, answer, answer.body()).isPresent();
  }

  private Optional<String> kept(String deed, Answer answer, JsonNode document) {
    if (answer.good()) {
      ledger.kept(deed, document.path("id").asText(), document.path("version").asInt());
      return Optional.of(document.path("id").asText());
    }
    if (answer.refused()) {
      ledger.refused(deed);
    }
    ledger.count("answered with " + answer.status());
    return Optional.empty();
  }

  /** True when it is erased. */
  boolean erase(String document) throws IOException, InterruptedException {
    String deed = ledger.erasing(document);
    Answer answer = send(request(path(document)).DELETE());
    boolean gone = answer.good() || answer.status() == 404;
    if (gone) {
      ledger.erased(deed);
    }
    return gone;
  }

  String ask(String question) throws IOException, InterruptedException {
    Answer begun = json("POST", "/bots/" + bot + "/conversations", Map.of());
    if (!begun.good()) {
      return "";
    }
    String talk = begun.body().path("id").asText();
    Answer answer =
        json("POST", "/conversations/" + talk + "/messages", Map.of("content", question));
    return answer.body().path("assistant_message").path("content").asText();
  }

  /** What a search finds in the user's bot. */
  Answer search(String query) throws IOException, InterruptedException {
    return json("POST", "/bots/" + bot + "/search", Map.of("query", query));
  }

  /** The bytes of the original file, by its preview link. */
  byte[] original(String document) throws IOException, InterruptedException {
    String link = send(request(path(document) + "/preview")).required().path("url").asText();
    HttpRequest question = HttpRequest.newBuilder(server.resolve(link)).timeout(PATIENCE).build();
    return http.send(question, BodyHandlers.ofByteArray()).body();
  }

  /**
   * Asks for a streamed answer, in a question that comes slowly. True when it came to its end with
   * the word that answers.
   */
  boolean askSlowly(SampleText about, Duration over, Runnable begun)
      throws IOException, InterruptedException {
    JsonNode talk = json("POST", "/bots/" + bot + "/conversations", Map.of()).required();
    byte[] question = JSON.writeValueAsBytes(Map.of("content", about.question()));
    HttpRequest.Builder request =
        request("/conversations/" + talk.path("id").asText() + "/messages")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofInputStream(() -> new SlowBody(question, over, begun)));
    String events = events(request, () -> {});
    return events.contains("event: done") && events.contains(about.canary());
  }

  /** Follows how a document is taken in until the server ends the stream in so many words. */
  boolean followToItsEnd(String document, Runnable begun) throws IOException, InterruptedException {
    String events = events(request(path(document) + "/events"), begun);
    return events.contains("event: done") || events.contains("event: error");
  }

  /**
   * @param begun told when the answer has begun
   */
  private String events(HttpRequest.Builder request, Runnable begun)
      throws IOException, InterruptedException {
    HttpRequest asked = request.header("Accept", "text/event-stream").build();
    try (InputStream events = http.send(asked, BodyHandlers.ofInputStream()).body()) {
      begun.run();
      return new String(events.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String path(String document) {
    return "/bots/" + bot + "/documents/" + document;
  }

  private Answer json(String method, String path, Map<String, String> body)
      throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve("/api/v1" + path)).timeout(PATIENCE);
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpRequest question = request.build();
    long begun = System.nanoTime();
    Answer answer = Answer.of(http.send(question, BodyHandlers.ofString()));
    onlooker.saw(question, answer, Duration.ofNanos(System.nanoTime() - begun));
    return answer;
  }
}
