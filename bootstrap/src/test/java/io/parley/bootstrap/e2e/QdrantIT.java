package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.vectorstore.qdrant.QdrantServer;
import io.parley.testkit.vectorstore.wire.WireFault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The whole program with its vectors in Qdrant, over a connection of its own protocol. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QdrantIT {
  private final QdrantServer qdrant = QdrantServer.startStrict();
  private Installed installed;
  private Map<String, String> settings;
  private Path data;
  private RunningParley parley;
  private Person owner;
  private String bot;

  @BeforeAll
  void start(@TempDir Path directory) {
    data = directory.resolve("data");
    installed = Installed.in(directory.resolve("home"));
    settings = Map.of("PARLEY_ERASE_AGAIN_AFTER", "2", "QDRANT_URL", qdrant.url().toString());
    parley = RunningParley.start(installed, data, settings);
    owner = Person.signUp(parley.api(), "keeper");
    bot = owner.bot("");
  }

  @AfterAll
  void stop() {
    parley.close();
    qdrant.close();
    Postmaster.requireNoneBelow(data);
  }

  private Map<String, String> points() {
    assertThat(qdrant.collections()).hasSize(1);
    return qdrant.points(qdrant.collections().getFirst());
  }

  private String upload(String keeper) {
    String text = "The lantern keeper of " + keeper + " is Ada Brandt, and she has a boat.";
    String document = owner.upload(bot, Api.Upload.text(keeper + ".txt", text));
    assertThat(owner.followed(document).text("status")).isEqualTo("complete");
    return document;
  }

  private static String id(String document) {
    return document.substring(document.lastIndexOf('/') + 1);
  }

  @Test
  void fromAnUploadToACitationToNothingLeft() {
    String document = upload("Zelvath");
    assertThat(points()).hasSize(1);
    assertThat(points().toString()).contains(id(document)).doesNotContain("Zelvath", "lantern");

    Json answer =
        owner
            .ask(owner.conversation(bot), "Who is the lantern keeper of Zelvath?")
            .at("assistant_message");
    assertThat(answer.items("citations")).isNotEmpty();
    assertThat(owner.search(bot, "a person who looks after a light", ",\"mode\":\"vector\""))
        .hasSize(1);
    parley.api().get("/health/ready").json(200);

    String erasure = owner.api().delete(document).header("Erasure-Id");
    Json receipt =
        Await.value(
            "the second visit",
            () -> {
              Json read = owner.api().get("/api/v1/erasures/" + erasure).json(200);
              return read.text("status").equals("verified") ? read : null;
            });

    List<Json> vectors =
        receipt.items("removals").stream()
            .filter(removal -> removal.text("store").equals("vectors"))
            .toList();
    assertThat(vectors)
        .isNotEmpty()
        .allMatch(removal -> removal.text("evidence").equals("read_back"));
    assertThat(points()).isEmpty();
  }

  @Test
  void aStoreThatLiesIsFoundAndMendedByReconciling() {
    qdrant.faults().next("Upsert", 1, new WireFault.ForgetsTheChange());
    String document = upload("Orrinmoor");
    assertThat(points().toString()).doesNotContain(id(document));

    Json report = Json.of(Finished.run(installed, withData(), "reconcile", "--json").out());

    assertThat(report.items("stores"))
        .filteredOn(store -> store.text("store").equals("vectors"))
        .allMatch(store -> store.number("missing") == 1 && store.number("repaired") == 1);
    assertThat(points().toString()).contains(id(document));
    owner.api().delete(document);
    Await.until("its end", () -> !points().toString().contains(id(document)));
  }

  private Map<String, String> withData() {
    return Map.of("PARLEY_DATA_DIR", data.toString(), "QDRANT_URL", qdrant.url().toString());
  }
}
