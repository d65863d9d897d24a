package io.parley.benchmarks.server;

import io.parley.domain.access.Actor;
import io.parley.domain.account.TenantId;
import io.parley.domain.account.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * How long callers wait over HTTP, and what memory that takes: hybrid search in a scope with rows
 * read and the question's embedding cached, and list calls, sent at a fixed rate; memory idle with
 * the model loaded, and while 100 readers ask at once. Arguments: the launcher, chunks (100,000),
 * requests a second (20), requests a kind (1,000).
 */
public final class LoadReport {
  private static final int QUESTIONS = 200;
  private static final int READERS = 100;

  private final RunningServer server;
  private final Client client;
  private final Path data;
  private final int perSecond;
  private final int requests;

  private LoadReport(RunningServer server, Client client, Path data, int perSecond, int requests) {
    this.server = server;
    this.client = client;
    this.data = data;
    this.perSecond = perSecond;
    this.requests = requests;
  }

  /** Prints one line a measurement. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path launcher = Path.of(arguments[0]);
    int chunks = number(arguments, 1, 100_000);
    Path data = Files.createTempDirectory("parley-load-").resolve("data");
    Map<String, String> settings = Map.of("PARLEY_RATE_LIMIT", "0", "LOG_LEVEL", "WARN");
    System.out.println(Figures.load());
    UUID bot;
    try (RunningServer server = RunningServer.start(launcher, data, settings);
        Client client = Client.registered(server.uri())) {
      LoadReport report =
          new LoadReport(
              server, client, data, number(arguments, 2, 20), number(arguments, 3, 1_000));
      bot = client.newBot();
      report.fill(bot, chunks);
      report.latencies(bot);
      report.memory("after the load");
    }
    System.out.println(Figures.load());
  }

  private static int number(String[] arguments, int at, int standard) {
    return arguments.length > at ? Integer.parseInt(arguments[at]) : standard;
  }

  private void fill(UUID bot, int chunks) throws IOException, InterruptedException {
    long start = System.nanoTime();
    UUID user = client.userId();
    Actor owner =
        Actor.Person.of(new TenantId(Database.tenantOf(data, user)), new UserId(user), false);
    int documents = LoadedCorpus.load(EmbeddedDatabaseUrl.of(data), owner, bot, chunks);
    System.out.printf(
        Locale.ROOT, "%d chunks written in %.1f s%n", chunks, (System.nanoTime() - start) / 1e9);
    while (Database.waiting(data) > 0) {
      Thread.sleep(500);
    }
    System.out.printf(
        Locale.ROOT,
        "%d documents indexed %.1f s after the first was written%n",
        documents,
        (System.nanoTime() - start) / 1e9);
  }

  private void latencies(UUID bot) throws IOException, InterruptedException {
    String search = "/api/v1/bots/" + bot + "/search";
    String[] questions = new String[QUESTIONS];
    SampleWords words = new SampleWords(3);
    for (int i = 0; i < QUESTIONS; i++) {
      questions[i] = "{\"query\":\"" + words.line(6) + "\",\"limit\":10}";
      client.post(search, questions[i]); // embeds it, once
    }
    Client caller = client;
    OpenLoop.run(
        caller, perSecond, requests, i -> caller.posting(search, questions[i % QUESTIONS]));
    print(
        "hybrid search",
        OpenLoop.run(
            caller, perSecond, requests, i -> caller.posting(search, questions[i % QUESTIONS])));
    print(
        "list of bots",
        OpenLoop.run(caller, perSecond, requests, i -> caller.getting("/api/v1/bots")));
    String documents = "/api/v1/bots/" + bot + "/documents?limit=20";
    print(
        "list of documents",
        OpenLoop.run(caller, perSecond, requests, i -> caller.getting(documents)));
    memory("after " + 4 * requests + " requests");
    Readers.during(
        caller, search, questions, READERS, () -> memory("while " + READERS + " readers search"));
  }

  private void print(String what, OpenLoop loop) throws IOException {
    System.out.printf(
        Locale.ROOT, "%s at %d/s: %s; %s%n", what, perSecond, loop.sound(), Figures.load());
  }

  private void memory(String when) throws IOException {
    MemoryReport.print(when, ProportionalMemory.of(server.processes(data), data));
  }
}
