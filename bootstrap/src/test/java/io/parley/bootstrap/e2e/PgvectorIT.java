package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The whole program with its rows, vectors and words in one PostgreSQL. */
@EnabledIf(
    value = "io.parley.bootstrap.e2e.PgvectorServer#isPossible",
    disabledReason = PgvectorServer.SKIPPED)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PgvectorIT {
  private PgvectorServer postgres;
  private Path data;
  private RunningParley parley;
  private Person owner;
  private String bot;

  @BeforeAll
  void start(@TempDir Path directory) {
    postgres = PgvectorServer.start(directory.resolve("postgresql"));
    data = directory.resolve("data");
    parley =
        RunningParley.start(
            Installed.in(directory.resolve("home")),
            data,
            Map.of(
                "DATABASE_URL", postgres.databaseUrl(),
                "PARLEY_ERASE_AGAIN_AFTER", "2",
                "PARLEY_VECTOR_STORE", "pgvector"));
    owner = Person.signUp(parley.api(), "keeper");
    bot = owner.bot("");
  }

  @AfterAll
  void stop() {
    parley.close();
    postgres.close();
    Postmaster.requireNoneBelow(data);
  }

  private long vectors() {
    return postgres
        .rows()
        .number("select sum(chunks) from public_index.positions where name like 'vectors%'");
  }

  @Test
  void fromAnUploadToACitationToNothingLeft() {
    String text = "The lantern keeper of Zelvath is Ada Brandt, and she has a boat.";
    String document = owner.upload(bot, Api.Upload.text("zelvath.txt", text));
    assertThat(owner.followed(document).text("status")).isEqualTo("complete");
    assertThat(vectors()).isEqualTo(1);
    assertThat(postgres.rows().count("public_index.words")).isEqualTo(1);
    assertThat(data.resolve("index").resolve("words")).doesNotExist();

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
    assertThat(vectors()).isZero();
    assertThat(postgres.rows().count("public_index.words")).isZero();
  }
}
