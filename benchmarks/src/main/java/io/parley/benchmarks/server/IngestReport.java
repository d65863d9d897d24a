package io.parley.benchmarks.server;

import io.parley.adapter.ai.local.OnnxEmbedderConfig;
import io.parley.benchmarks.embedding.BareSession;
import io.parley.benchmarks.embedding.EmbeddingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much of the bare model's speed is left when documents are taken in: from the answer to an
 * upload until the document is complete, with everything that lies between (reading, splitting,
 * embedding, rows, both indexes), against the bare ONNX session over the very same chunks. Rounds
 * alternate because the machine's speed drifts; the share is that of the medians. Arguments: the
 * launcher, chunks a document (1,000), rounds (5).
 */
public final class IngestReport {
  private static final Pattern CONTENT = Pattern.compile("\"content\"\\s*:\\s*\"([^\"]*)\"");
  private static final int PAGE = 100;

  /** Each question takes time from the processors that are measured. */
  private static final int ASKED_EVERY_MILLIS = 100;

  private final Client client;
  private final String documents;

  private IngestReport(Client client, UUID bot) {
    this.client = client;
    this.documents = "/api/v1/bots/" + bot + "/documents";
  }

  /** Prints a line a round. */
  public static void main(String[] arguments) throws Exception {
    Path launcher = Path.of(arguments[0]);
    int chunks = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000;
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
    Path data = Files.createTempDirectory("parley-ingest-").resolve("data");
    try (RunningServer server =
            RunningServer.start(launcher, data, Map.of("PARLEY_RATE_LIMIT", "0"));
        Client client = Client.registered(server.uri());
        BareSession session = new BareSession()) {
      new IngestReport(client, client.newBot()).run(session, chunks, rounds);
    }
  }

  private void run(BareSession session, int chunks, int rounds)
      throws IOException, InterruptedException {
    List<String> texts = EmbeddingRun.texts(chunks * (rounds + 1));
    bare(session, contents(takenIn(texts.subList(0, PAGE), "warm").document()));
    double[] whole = new double[rounds];
    double[] bare = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      List<String> some = texts.subList((round + 1) * chunks, (round + 2) * chunks);
      TakenIn document = takenIn(some, "round-" + round);
      List<String> contents = contents(document.document());
      whole[round] = contents.size() * 1e9 / document.nanos();
      bare[round] = contents.size() * 1e9 / bare(session, contents);
      System.out.printf(
          Locale.ROOT,
          "round %d: %d chunks, %.0f chunks/s, bare %.0f%n",
          round + 1,
          contents.size(),
          whole[round],
          bare[round]);
    }
    double median = EmbeddingRun.median(whole);
    double ofBare = EmbeddingRun.median(bare);
    System.out.printf(
        Locale.ROOT,
        "median: %.0f chunks/s, bare %.0f, share %.0f %%%n",
        median,
        ofBare,
        100 * median / ofBare);
  }

  private record TakenIn(String document, long nanos) {}

  /** A paragraph becomes a chunk. */
  private TakenIn takenIn(List<String> paragraphs, String name)
      throws IOException, InterruptedException {
    String content = String.join("\\n\\n", paragraphs);
    String answer =
        client.post(
            documents + "/text", "{\"name\":\"" + name + ".txt\",\"content\":\"" + content + "\"}");
    long begun = System.nanoTime();
    String document = documents + "/" + Client.field("id", answer);
    String status = Client.field("status", client.get(document));
    while (!status.equals("complete")) {
      if (status.equals("error")) {
        throw new IOException("It was not taken in: " + client.get(document));
      }
      Thread.sleep(ASKED_EVERY_MILLIS);
      status = Client.field("status", client.get(document));
    }
    return new TakenIn(document, System.nanoTime() - begun);
  }

  private List<String> contents(String document) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>();
    for (int before = -1; before < all.size(); ) {
      before = all.size();
      Matcher found =
          CONTENT.matcher(client.get(document + "/chunks?limit=" + PAGE + "&skip=" + all.size()));
      while (found.find()) {
        all.add(String.valueOf(found.group(1)));
      }
    }
    return all;
  }

  private static long bare(BareSession session, List<String> contents) throws InterruptedException {
    long[][] ids = EmbeddingRun.ids(contents);
    long begun = System.nanoTime();
    session.run(ids, OnnxEmbedderConfig.standard().threads());
    return System.nanoTime() - begun;
  }
}
