package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.vectorstore.pinecone.PineconeServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program with its vectors in Pinecone, over connections of its own protocols. */
class PineconeIT {
  @TempDir private Path directory;

  @Test
  void fromAnUploadToACitationToNothingLeft() {
    Path data = directory.resolve("data");
    try (PineconeServer pinecone =
        PineconeServer.start("pc-key").withDelay(Duration.ofMillis(200))) {
      Map<String, String> settings =
          Map.of(
              "PARLEY_ERASE_AGAIN_AFTER", "2",
              "PINECONE_API_KEY", "pc-key",
              "PINECONE_CONTROLLER_HOST", pinecone.url().toString());
      try (RunningParley parley =
          RunningParley.start(Installed.in(directory.resolve("home")), data, settings)) {
        useAndErase(parley, pinecone);
        assertThat(parley.log()).doesNotContain("pc-key");
      }
    }
    Postmaster.requireNoneBelow(data);
  }

  private static void useAndErase(RunningParley parley, PineconeServer pinecone) {
    Person owner = Person.signUp(parley.api(), "keeper");
    String bot = owner.bot("");
    String text = "The lantern keeper of Zelvath is Ada Brandt, and she has a boat.";
    String document = owner.upload(bot, Api.Upload.text("keeper.txt", text));
    assertThat(owner.followed(document).text("status")).isEqualTo("complete");
    assertThat(pinecone.indexes()).singleElement().asString().startsWith("parley-");
    String index = pinecone.indexes().getFirst();
    assertThat(pinecone.vectors(index)).hasSize(1);
    assertThat(pinecone.vectors(index).toString()).doesNotContain("Zelvath", "lantern");

    Json answer =
        owner
            .ask(owner.conversation(bot), "Who is the lantern keeper of Zelvath?")
            .at("assistant_message");
    assertThat(answer.items("citations")).isNotEmpty();
    assertThat(owner.search(bot, "who looks after a light", ",\"mode\":\"vector\"")).hasSize(1);
    parley.api().get("/health/ready").json(200);

    String erasure = owner.api().delete(document).header("Erasure-Id");
    Await.until(
        "the second visit",
        () ->
            owner
                .api()
                .get("/api/v1/erasures/" + erasure)
                .json(200)
                .text("status")
                .equals("verified"));
    assertThat(pinecone.vectors(index)).isEmpty();
  }
}
