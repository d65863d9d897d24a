package io.parley.faults.server;

import io.parley.faults.RunReport;
import io.parley.faults.ledger.Canary;
import io.parley.faults.ledger.Expectations;
import io.parley.faults.ledger.Ledger;
import io.parley.faults.ledger.SampleText;
import io.parley.testkit.storage.LocalS3;
import io.parley.testkit.vectorstore.qdrant.QdrantServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A bot moves from the embedded stores to pgvector and a bucket, on to Qdrant, and back, while it
 * is asked. Two servers take part. Indexes move without a restart; for files both are restarted at
 * the same time, and whoever asks just then waits.
 */
public final class MovingHouse {
  private static final int SERVERS = 2;
  private static final int ASKERS = 2;
  private static final int PARAGRAPHS = 4;

  private final Path launcher;
  private final Path directory;
  private final RunReport report;
  private final Random random;
  private final @Nullable Path pgvector;

  /**
   * @param launcher the file {@code parley}
   * @param pgvector the files of the extension; the move goes by without it when absent
   */
  public MovingHouse(
      Path launcher, Path directory, RunReport report, long seed, @Nullable Path pgvector) {
    this.launcher = launcher;
    this.directory = directory;
    this.report = report;
    this.random = new Random(seed);
    this.pgvector = pgvector;
    report.fact("seed", seed);
    report.fact("pgvector", pgvector == null ? "not there" : "there");
  }

  /** Moves so many documents. */
  public void move(int documents) throws IOException, SQLException, InterruptedException {
    try (LocalS3 s3 = LocalS3.start();
        QdrantServer qdrant = QdrantServer.start();
        SharedServers servers =
            SharedServers.start(
                launcher,
                directory,
                SERVERS,
                pgvector,
                Map.of(
                    "PARLEY_VECTOR_STORE", "embedded",
                    "PARLEY_BLOB_STORE", "filesystem",
                    "QDRANT_URL", qdrant.url().toString()));
        Ledger ledger = Ledger.open(servers.ledger())) {
      User owner = servers.users(1, ledger).getFirst();
      Map<String, SampleText> known = upload(servers, owner, documents);
      try (Asking asking =
          Asking.begin(everywhere(servers, owner), known, report, random, ASKERS)) {
        filesTo(
            servers, asking, bucket(s3, s3.newBucket()), "filesystem", () -> left(servers) == 0);
        if (pgvector != null) {
          indexTo(servers, "pgvector");
        }
        indexTo(servers, "qdrant");
        indexTo(servers, "embedded");
        filesTo(
            servers,
            asking,
            Map.of("PARLEY_BLOB_STORE", "filesystem"),
            "s3",
            () -> left(servers) == documents);
        asking.everything();
        asking.end();
      }
      servers.check(report, new Expectations(), "everything moved and came back");
      servers.stop(report);
    }
  }

  private static List<User> everywhere(SharedServers servers, User owner) {
    return IntStream.range(0, servers.count()).mapToObj(at -> servers.at(at, owner)).toList();
  }

  private Map<String, SampleText> upload(SharedServers servers, User owner, int documents)
      throws IOException, SQLException, InterruptedException {
    Map<String, SampleText> known = new HashMap<>();
    for (int i = 0; i < documents; i++) {
      SampleText text =
          new SampleText(Canary.topic(random), Canary.next(random), 1 + random.nextInt(PARAGRAPHS));
      String id = owner.upload(text).orElseThrow(() -> new IOException("an upload was refused"));
      known.put(id, text);
    }
    try (Connection database = servers.connect()) {
      EndOfWork.await(database, SharedServers.FOLLOWERS * SERVERS, report, "the uploads");
    }
    return known;
  }

  private static Map<String, String> bucket(LocalS3 s3, String bucket) {
    return Map.of(
        "PARLEY_BLOB_STORE",
        "s3",
        "S3_BUCKET_NAME",
        bucket,
        "AWS_ACCESS_KEY_ID",
        LocalS3.ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY",
        LocalS3.SECRET_KEY,
        "AWS_ENDPOINT_URL_S3",
        s3.uri().toString());
  }

  /** Whether all files have come. */
  private interface Come {
    boolean all() throws IOException;
  }

  /** All servers are restarted at the same time: who asks just then waits. */
  private void filesTo(
      SharedServers servers, Asking asking, Map<String, String> place, String from, Come come)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    servers.set(place);
    servers.set(Map.of("PARLEY_MOVE_BLOBS_FROM", from));
    asking.mayWait(true);
    servers.restartAll();
    asking.mayWait(false);
    spent("ms without a server, to take new settings", begun);
    Deadline deadline = Deadline.far();
    while (!come.all()) {
      deadline.pause(50, "the files do not come over from " + from);
    }
    spent("ms until the files had come from " + from, begun);
  }

  /** Files that lie in the directory; below zero when they go while they are counted. */
  private static long left(SharedServers servers) throws IOException {
    Path documents = servers.blobs().resolve("documents");
    if (!Files.exists(documents)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(documents)) {
      return files.filter(Files::isRegularFile).count();
    } catch (NoSuchFileException | UncheckedIOException e) {
      return -1;
    }
  }

  private void indexTo(SharedServers servers, String store)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    String said = servers.command(0, "reindex", "--vector-store", store, "--wait", "--json");
    spent("ms until the vectors were in " + store, begun);
    List<String> states = new ArrayList<>();
    for (String generation : said.split("\\{", -1)) {
      if (generation.contains("\"vector_store\":\"" + store + "\"")) {
        states.add(generation);
      }
    }
    if (states.stream().noneMatch(each -> each.contains("\"state\":\"serving\""))) {
      throw new IOException("the index did not go over to " + store + ": " + said);
    }
  }

  private void spent(String what, long begun) {
    report.most(what, Duration.ofNanos(System.nanoTime() - begun).toMillis());
  }
}
