package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The whole program with its words in the database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeywordsInPostgresIT {
  private static final String WORDS = "public_index.words";
  private static final String ERASED_SOON = "PARLEY_ERASE_AGAIN_AFTER";

  private Installed installed;
  private Path data;
  private RunningParley parley;
  private Person owner;
  private String bot;

  @BeforeAll
  void start(@TempDir Path directory) {
    data = directory.resolve("data");
    installed = Installed.in(directory.resolve("home"));
    parley =
        RunningParley.start(
            installed, data, Map.of(ERASED_SOON, "2", "PARLEY_KEYWORD_INDEX", "postgresql"));
    owner = Person.signUp(parley.api(), "keeper");
    bot = owner.bot("");
  }

  @AfterAll
  void stop() {
    parley.close();
    Postmaster.requireNoneBelow(data);
  }

  private String upload(String keeper) {
    String text = "The lantern keeper of " + keeper + " has part KX-4471-B, and a boat.";
    String document = owner.upload(bot, Api.Upload.text(keeper + ".txt", text));
    assertThat(owner.followed(document).text("status")).isEqualTo("complete");
    return document;
  }

  private List<Json> byWords(String query) {
    return owner.search(bot, query, ",\"mode\":\"keyword\"");
  }

  @Test
  void fromAnUploadToASearchToNothingLeft() {
    String document = upload("Zelvath");
    Rows rows = Rows.embedded(data);
    assertThat(rows.count(WORDS)).isEqualTo(1);

    assertThat(byWords("who has KX-4471-B?")).hasSize(1);
    assertThat(byWords("Quorvane")).isEmpty();
    parley.api().get("/health/ready").json(200);

    String erasure = owner.api().delete(document).header("Erasure-Id");
    Json receipt =
        Await.value(
            "the second visit",
            () -> {
              Json read = owner.api().get("/api/v1/erasures/" + erasure).json(200);
              return read.text("status").equals("verified") ? read : null;
            });

    assertThat(receipt.items("removals").stream().map(removal -> removal.text("store")))
        .contains("words");
    assertThat(rows.count(WORDS)).isZero();
    assertThat(byWords("KX-4471-B")).isEmpty();
  }

  @Test
  void rowsThatSomebodyRemovedAreFoundAndMendedByReconciling() {
    String document = upload("Orrinmoor");
    Rows rows = Rows.embedded(data);
    rows.number("with gone as (delete from " + WORDS + " returning 1) select count(*) from gone");
    assertThat(byWords("Orrinmoor")).isEmpty();

    Finished.run(installed, Map.of("PARLEY_DATA_DIR", data.toString()), "reconcile", "--json");

    assertThat(byWords("Orrinmoor")).hasSize(1);
    owner.api().delete(document);
    Await.until("its end", () -> byWords("Orrinmoor").isEmpty());
  }

  @Test
  void whatTheFirstStartChoseStays() {
    String document = upload("Tirrenwick");
    parley.close();
    parley =
        RunningParley.start(
            installed, data, Map.of(ERASED_SOON, "2", "PARLEY_KEYWORD_INDEX", "embedded"));
    owner = Person.returning(parley.api(), owner.username());

    assertThat(parley.log())
        .contains("words cannot be moved. Set PARLEY_KEYWORD_INDEX to postgresql");
    assertThat(byWords("Tirrenwick")).hasSize(1);
    owner.api().delete(document);
    Await.until("its end", () -> byWords("Tirrenwick").isEmpty());
  }
}
