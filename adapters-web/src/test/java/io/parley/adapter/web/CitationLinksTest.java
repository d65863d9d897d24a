package io.parley.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a page of messages costs. */
final class CitationLinksTest {
  @Test
  void thePlacesOfAllCitedFilesOfAPageAreAskedForAtOnce() {
    FakeParley parley = new FakeParley();
    parley.addChunk("owls.txt", "Owls hunt at dusk.");
    parley.model.script =
        (say, _) -> say.accept("Whales sing at night. [1] Owls hunt at dusk. [2]");
    try (WebServer server = parley.open();
        Http http = new Http(server)) {
      String token = http.signUp("reader");
      String path =
          "/api/v1/conversations/" + http.conversation(token, http.bot(token)) + "/messages";
      String answer = http.post(path, token, "{\"content\":\"Who?\"}").body();
      assertThat(answer).contains("whales.txt", "owls.txt");
      http.post(path, token, "{\"content\":\"And?\"}");
      int before = parley.lookups.get();
      assertThat(http.get(path, token).body()).contains("whales.txt", "owls.txt");
      assertThat(parley.lookups.get() - before).isEqualTo(1);
    }
  }
}
