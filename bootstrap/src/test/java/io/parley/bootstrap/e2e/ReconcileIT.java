package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./parley reconcile} on planted damage, beside a running server and without one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReconcileIT {
  private Installed installed;
  private Path data;
  private @Nullable RunningParley parley;
  private Person owner;
  private String bot;

  @BeforeAll
  void layOut(@TempDir Path directory) {
    installed = Installed.in(directory.resolve("home"));
    data = directory.resolve("data");
  }

  /** One server for all, started again where a test ended it; each has a person and a bot. */
  @BeforeEach
  void start() {
    if (parley == null || !parley.isAlive()) {
      parley = RunningParley.start(installed, data, Map.of());
    }
    owner = Person.signUp(parley.api(), "keeper");
    bot = owner.bot("");
  }

  @AfterAll
  void nothingIsLeftRunning() {
    parley.close();
    Postmaster.requireNoneBelow(data);
  }

  private String document(String name) {
    Api.Upload file =
        Api.Upload.text(name + ".txt", ("The " + name + " sails every morning. ").repeat(60));
    String document = owner.upload(bot, file);
    assertThat(owner.followed(document).text("status")).isEqualTo("complete");
    return document.substring(document.lastIndexOf('/') + 1);
  }

  private void sql(String... statements) {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + setting("port") + "/parley",
                "parley",
                setting("password"));
        Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private String setting(String name) {
    try {
      return Files.readString(data.resolve("postgres").resolve(name)).strip();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** One of each kind, with the database's own tools and the file system's. */
  private void plantDamage(String vanished, String changed) {
    sql(
        "delete from chunks where source_id = '" + vanished + "'",
        "delete from pages where source_id = '" + vanished + "'",
        "delete from source_versions where source_id = '" + vanished + "'",
        "delete from sources where id = '" + vanished + "'",
        "with twin as (insert into chunks select gen_random_uuid(), tenant_id, bot_id, source_id,"
            + " version, 9000, page, start_offset, end_offset, context, content from chunks"
            + " where source_id = '"
            + changed
            + "' and ordinal = 0 returning id, tenant_id, source_id)"
            + " insert into embeddings select twin.id, e.model_id, twin.tenant_id, e.vector"
            + " from twin, embeddings e join chunks c on c.id = e.chunk_id"
            + " where c.source_id = twin.source_id and c.ordinal = 0",
        "insert into jobs (id, kind, tenant_id, owner_id, bot_id, source_id, version, state,"
            + " not_before) select gen_random_uuid(), 'ingest', tenant_id, tenant_id, bot_id,"
            + " gen_random_uuid(), 1, 'queued', now() + interval '1 day' from sources limit 1");
    blobs(vanished).forEach(ReconcileIT::makeOld);
    blobs(changed).forEach(ReconcileIT::delete);
    write(data.resolve("blobs/incoming/parley-" + UUID.randomUUID() + ".part"));
    write(data.resolve("index/vectors/" + UUID.randomUUID() + "/segments_1"));
  }

  private List<Path> blobs(String document) {
    try (Stream<Path> all = Files.walk(data.resolve("blobs"))) {
      return all.filter(Files::isRegularFile)
          .filter(file -> file.toString().contains(document))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void makeOld(Path file) {
    try {
      Instant old = Instant.now().minus(Duration.ofDays(2));
      Files.setLastModifiedTime(file, FileTime.from(old));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void write(Path file) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, "left");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Map<String, Json> reconcile(String... more) {
    List<String> words = new ArrayList<>(List.of("reconcile", "--json"));
    words.addAll(List.of(more));
    Finished run =
        Finished.run(
            installed, Map.of("PARLEY_DATA_DIR", data.toString()), words.toArray(String[]::new));
    assertThat(run.status()).as(run.err() + run.out()).isZero();
    assertThat(run.err()).doesNotContain("\r");
    Map<String, Json> stores = new HashMap<>();
    Json.of(run.out()).items("stores").forEach(store -> stores.put(store.text("store"), store));
    return stores;
  }

  private static void assertFound(Map<String, Json> stores) {
    assertThat(stores.get("vectors").number("missing")).isEqualTo(1);
    assertThat(stores.get("vectors").number("orphaned")).isPositive();
    assertThat(stores.get("words").number("missing")).isEqualTo(1);
    assertThat(stores.get("words").number("orphaned")).isPositive();
    assertThat(stores.get("rows").number("wrong")).isEqualTo(1);
    assertThat(stores.get("blobs").number("missing")).isEqualTo(1);
    assertThat(stores.get("blobs").number("orphaned")).isPositive();
    assertThat(stores.get("index directories").number("left")).isPositive();
  }

  private static void assertNothingIsLeftToDo(Map<String, Json> stores) {
    for (String store : List.of("vectors", "words", "rows", "blobs")) {
      Json found = stores.get(store);
      assertThat(found.number("orphaned") + found.number("repeated") + found.number("wrong"))
          .as(found.toString())
          .isZero();
      assertThat(found.number("repaired")).isZero();
    }
    assertThat(stores.get("vectors").number("missing")).isZero();
    assertThat(stores.get("words").number("missing")).isZero();
  }

  @Test
  void plantedDamageIsFoundAndPutRightBesideTheServerAndWithoutIt() {
    plantDamage(document("ferry"), document("barge"));
    assertFound(reconcile("--dry-run"));
    assertFound(reconcile());
    assertThat(DoorFiles.of(data)).as("it ran inside of the server").contains("parley.sock");
    assertNothingIsLeftToDo(reconcile());
    assertThat(owner.search(bot, "barge", "")).isNotEmpty();
    assertThat(owner.search(bot, "ferry", ",\"mode\":\"keyword\"")).isEmpty();

    plantDamage(document("tug"), document("yacht"));
    parley.close();

    Map<String, Json> alone = reconcile();
    assertThat(alone.get("rows").number("wrong")).isEqualTo(1);
    assertThat(alone.get("vectors").number("missing")).isEqualTo(1);
    assertThat(alone.get("vectors").number("orphaned")).isPositive();
    assertNothingIsLeftToDo(reconcile());
    Postmaster.requireNoneBelow(data);
  }

  @Test
  void whatAKilledServerLeavesIsNoObstacle() {
    document("ferry");
    parley.kill();
    assertThat(DoorFiles.of(data)).contains("parley.sock");

    assertNothingIsLeftToDo(reconcile());

    parley = RunningParley.start(installed, data, Map.of());
    assertNothingIsLeftToDo(reconcile());
  }

  @Test
  void nothingLivingIsTouchedWhileDocumentsComeAndGo() {
    CompletableFuture<Void> busy =
        CompletableFuture.runAsync(() -> {
          for (int i = 0; i < 25; i++) {
            String document = document("boat-" + i);
            if (i % 3 == 0) {
              owner.api().delete(bot + "/documents/" + document);
            }
          }
        });
    int runs = 0;
    while (!busy.isDone()) {
      assertNothingIsLeftToDo(reconcile());
      runs++;
    }
    busy.join();
    assertThat(runs).isPositive();
    assertThat(owner.search(bot, "boat", "")).isNotEmpty();
  }

  /** What lies in the data directory itself. */
  private record DoorFiles() {
    static List<String> of(Path data) {
      try (Stream<Path> files = Files.list(data)) {
        return files.map(file -> file.getFileName().toString()).toList();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }
}
