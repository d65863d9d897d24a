package io.parley.bootstrap.check;

import static io.parley.application.check.CheckFailed.unless;

import io.parley.application.check.Check;
import io.parley.application.check.CheckFailed;
import io.parley.application.check.Probe;
import io.parley.application.check.Subject;
import io.parley.application.check.Verdict;
import io.parley.bootstrap.check.ServerCalls.Reply;
import io.parley.bootstrap.door.PlainJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Goes through a server from outside with a bot of its own, which it removes at the end. */
public final class DeployedServerProbe implements Probe {
  private static final Duration QUICK = Duration.ofSeconds(60);
  private static final Duration WORK = Duration.ofMinutes(3);
  private static final Duration PAUSE = Duration.ofMillis(300);
  private static final String FOREIGN = "https://parley-check.invalid";
  private static final String BOTS = "/api/v1/bots";

  private final ServerCalls calls;
  private final @Nullable String origin;
  private final String word = "Zelvath" + UUID.randomUUID().toString().substring(0, 6);
  private final String text =
      "The lantern keeper of " + word + " is Ada Brandt, and she has a green boat.";
  private String bot = "";
  private String document = "";
  private String link = "";

  /**
   * @param origin one whose pages may call the server; absent when nobody named one
   */
  public DeployedServerProbe(ServerCalls calls, @Nullable String origin) {
    this.calls = calls;
    this.origin = origin;
  }

  @Override
  public Subject subject() {
    return new Subject(
        calls.server().getAuthority(),
        "Look at the server's log, and run ./parley check beside it.");
  }

  @Override
  public List<Check> checks() {
    return List.of(
        Check.needed("health", QUICK, this::health),
        Check.of("readiness", QUICK, this::ready),
        Check.of("preflight of a foreign origin", QUICK, this::foreign),
        Check.of("preflight of an allowed origin", QUICK, this::allowed),
        Check.of("call without a token", QUICK, this::anonymous),
        Check.needed("make a bot", QUICK, this::makeBot),
        Check.needed("upload", QUICK, this::upload),
        Check.needed("read in", WORK, this::readIn),
        Check.of("search", QUICK, this::search),
        Check.of("ask", WORK, this::ask),
        Check.of("preview", QUICK, this::preview),
        Check.of("range of a preview", QUICK, this::range),
        Check.of("erase", WORK, this::erase),
        Check.of("remove the bot", QUICK, this::removeBot));
  }

  private static Reply require(Reply reply, int status, String what) {
    if (reply.status() == 401) {
      throw new CheckFailed(
          what + " answered with " + reply.why(),
          "Give a token that is valid: log in again, or make an API key that may read, chat and write.");
    }
    unless(reply.status() == status, what + " answered with " + reply.why());
    return reply;
  }

  private Verdict health() {
    require(calls.anonymous("/health"), 200, "GET /health");
    return Verdict.passed("");
  }

  private Verdict ready() {
    Reply reply = calls.anonymous("/health/ready");
    String backends =
        list(reply.json().get("backends")).stream()
            .map(b -> b.get("name") + " " + b.get("status") + reason(b))
            .collect(Collectors.joining(", "));
    unless(reply.status() == 200, "GET /health/ready: " + backends);
    return Verdict.passed(backends);
  }

  private static String reason(Map<?, ?> backend) {
    return backend.get("reason") instanceof String why ? " (" + why + ")" : "";
  }

  private Verdict foreign() {
    String allowed = allowedBy(FOREIGN);
    if (allowed.equals(FOREIGN) || allowed.equals("*")) {
      throw new CheckFailed(
          "Pages of any origin may call the server.", "Name the origins in CORS_ORIGINS.");
    }
    return Verdict.passed("not allowed");
  }

  private Verdict allowed() {
    if (origin == null) {
      return Verdict.skipped("Name an origin of CORS_ORIGINS with --origin to try it.");
    }
    Reply reply = calls.preflight(BOTS, origin);
    boolean methods =
        reply.header("Access-Control-Allow-Methods").filter(m -> m.contains("POST")).isPresent();
    if (!allowedBy(origin).equals(origin) || reply.status() >= 300 || !methods) {
      throw new CheckFailed(
          "Pages of " + origin + " may not call the server (" + reply.why() + ").",
          "Add the origin to CORS_ORIGINS, and let proxies pass OPTIONS.");
    }
    return Verdict.passed(origin);
  }

  private String allowedBy(String page) {
    return calls.preflight(BOTS, page).header("Access-Control-Allow-Origin").orElse("");
  }

  private Verdict anonymous() {
    int status = calls.anonymous(BOTS).status();
    unless(status == 401, "GET " + BOTS + " without a token answered with status " + status + ".");
    return Verdict.passed("refused");
  }

  private Verdict makeBot() {
    String name = PlainJson.write(Map.of("name", "parley check " + word));
    bot = BOTS + "/" + require(calls.post(BOTS, name), 201, "POST " + BOTS).text("id");
    return Verdict.passed("");
  }

  private Verdict upload() {
    Reply reply = require(calls.upload(bot + "/documents", "check.txt", text), 202, "The upload");
    document = bot + "/documents/" + list(reply.json().get("documents")).getFirst().get("id");
    return Verdict.passed(text.length() + " bytes");
  }

  private Verdict readIn() throws InterruptedException {
    while (true) {
      Reply reply = require(calls.get(document), 200, "The document");
      String status = reply.text("status");
      unless(!status.equals("error"), "It ended in an error: " + reply.text("error_message"));
      if (status.equals("complete")) {
        return Verdict.passed(reply.text("chunks_count") + " chunks");
      }
      Thread.sleep(PAUSE);
    }
  }

  private List<Map<?, ?>> found() {
    String query = PlainJson.write(Map.of("query", "lantern keeper of " + word));
    return list(
        require(calls.post(bot + "/search", query), 200, "The search").json().get("results"));
  }

  private Verdict search() {
    unless(
        found().stream().anyMatch(r -> String.valueOf(r.get("content")).contains(word)),
        "The search did not find what was uploaded.");
    return Verdict.passed("");
  }

  private Verdict ask() {
    Reply made = require(calls.post(bot + "/conversations", "{}"), 201, "The conversation");
    String question =
        PlainJson.write(Map.of("content", "Who is the lantern keeper of " + word + "?"));
    Reply reply =
        require(
            calls.post("/api/v1/conversations/" + made.text("id") + "/messages", question),
            200,
            "The question");
    List<Map<?, ?>> citations =
        reply.json().get("assistant_message") instanceof Map<?, ?> message
            ? list(message.get("citations"))
            : List.of();
    unless(!citations.isEmpty(), "The answer cites nothing of what was uploaded.");
    unless(
        citations.stream().allMatch(c -> text.contains(String.valueOf(c.get("quote")))),
        "The answer quotes what does not stand in the document.");
    return Verdict.passed(citations.size() + " citation(s)");
  }

  private Verdict preview() {
    link = require(calls.get(document + "/preview"), 200, "The preview").text("url");
    Reply reply = require(calls.anonymous(link), 200, "The preview's link");
    unless(
        new String(reply.body(), StandardCharsets.UTF_8).equals(text),
        "The preview shows other bytes than were uploaded.");
    return Verdict.passed("");
  }

  private Verdict range() {
    if (link.isEmpty()) {
      return Verdict.skipped("It needs \"preview\".");
    }
    Reply reply = require(calls.range(link, "bytes=4-10"), 206, "Bytes 4 to 10 of the preview");
    unless(
        new String(reply.body(), StandardCharsets.UTF_8).equals(text.substring(4, 11)),
        "Bytes 4 to 10 of the preview are others than were uploaded.");
    return Verdict.passed("");
  }

  private Verdict erase() throws InterruptedException {
    Reply reply = require(calls.delete(document), 204, "The deletion");
    unless(reply.header("Erasure-Id").isPresent(), "The deletion gave no receipt.");
    require(calls.get(document), 404, "The document that was erased");
    unless(found().isEmpty(), "What was erased is still found.");
    while (!link.isEmpty() && calls.anonymous(link).status() == 200) {
      Thread.sleep(PAUSE); // bytes go in the background: the limit of the check ends the wait
    }
    return Verdict.passed("gone");
  }

  private Verdict removeBot() {
    require(calls.delete(bot), 204, "The bot's deletion");
    require(calls.get(bot), 404, "The bot that was removed");
    bot = "";
    return Verdict.passed("");
  }

  @Override
  public List<String> cleanUp() {
    if (bot.isEmpty()) {
      return List.of();
    }
    try {
      int status = calls.delete(bot).status();
      return status == 204 || status == 404 ? List.of() : left();
    } catch (CheckFailed e) {
      return left();
    }
  }

  private List<String> left() {
    return List.of("the bot \"parley check " + word + "\" (" + bot + ") with its document");
  }

  private static List<Map<?, ?>> list(@Nullable Object value) {
    List<Map<?, ?>> maps = new ArrayList<>();
    if (value instanceof List<?> items) {
      for (Object item : items) {
        if (item instanceof Map<?, ?> map) {
          maps.add(map);
        }
      }
    }
    return maps;
  }
}
