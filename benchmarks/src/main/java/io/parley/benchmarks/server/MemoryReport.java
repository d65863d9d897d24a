package io.parley.benchmarks.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * What memory the program takes: the proportional set size of all its processes, PostgreSQL's among
 * them, once it has taken in a document and answered, and the process that reads files is gone.
 * Arguments: the launcher, seconds of idleness (90).
 */
public final class MemoryReport {
  private static final int LINES = 400;

  private MemoryReport() {}

  /** Prints a line a moment. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path launcher = Path.of(arguments[0]);
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 90;
    Path data = Files.createTempDirectory("parley-memory-").resolve("data");
    RunningServer.start(launcher, data, Map.of()).close();
    try (RunningServer server =
            RunningServer.start(launcher, data, Map.of("PARLEY_RATE_LIMIT", "0"));
        Client client = Client.registered(server.uri())) {
      print("after the start", server, data);
      use(client);
      print("after the first document and question, the reader of files still there", server, data);
      Thread.sleep(seconds * 1_000L);
      print("idle for " + seconds + " s, model loaded", server, data);
    }
  }

  private static void use(Client client) throws IOException, InterruptedException {
    UUID bot = client.newBot();
    String documents = "/api/v1/bots/" + bot + "/documents";
    String text = new SampleWords(1).text(LINES).replace("\n", ". ");
    String id =
        Client.field(
            "id",
            client.post(
                documents + "/text", "{\"name\":\"words.txt\",\"content\":\"" + text + "\"}"));
    while (!Client.field("status", client.get(documents + "/" + id)).equals("complete")) {
      Thread.sleep(200);
    }
    client.post("/api/v1/bots/" + bot + "/search", "{\"query\":\"where is the lighthouse\"}");
    String conversation =
        Client.field("id", client.post("/api/v1/bots/" + bot + "/conversations", "{}"));
    client.post(
        "/api/v1/conversations/" + conversation + "/messages",
        "{\"content\":\"Who keeps the lighthouse?\"}");
  }

  private static void print(String when, RunningServer server, Path data) throws IOException {
    print(when, ProportionalMemory.of(server.processes(data), data));
  }

  static void print(String when, ProportionalMemory memory) {
    StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.ROOT, "%s: %.0f MB (", when, memory.megabytes()));
    for (ProportionalMemory.Kind kind : ProportionalMemory.Kind.values()) {
      if (kind != ProportionalMemory.Kind.INDEX) {
        line.append(String.format(Locale.ROOT, "%s %.0f, ", kind.words(), memory.megabytes(kind)));
      }
    }
    line.setLength(line.length() - 2);
    System.out.printf(
        Locale.ROOT,
        "%s), mapped index besides %.0f MB%n",
        line,
        memory.megabytes(ProportionalMemory.Kind.INDEX));
  }
}
