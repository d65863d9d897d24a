package org.example.inside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micronaut.context.ApplicationContext;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.client.BlockingHttpClient;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.exceptions.HttpClientResponseException;
import io.micronaut.http.uri.UriBuilder;
import io.micronaut.runtime.server.EmbeddedServer;
import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InsideMicronautTest {
  @TempDir static Path home;
  private static EmbeddedServer server;
  private static BlockingHttpClient client;

  @BeforeAll
  static void start() {
    server =
        ApplicationContext.run(
            EmbeddedServer.class,
            Map.of("knowledge.directory", home.toString(), "micronaut.server.port", -1));
    client = HttpClient.create(server.getURL()).toBlocking();
  }

  @AfterAll
  static void stop() throws Exception {
    client.close();
    server.close();
  }

  @Test
  void answersThroughTheHostsOwnController() {
    String answer =
        client.retrieve(
            UriBuilder.of("/answer")
                .queryParam("question", "When does the swimming pool of Ostby close?")
                .toString());
    assertThat(answer)
        .contains("[1]")
        .endsWith("\nThe swimming pool of Ostby closes at nine in the evening.");
  }

  @Test
  void servesNothingThatTheHostDidNotAskFor() {
    HttpClientResponseException missing =
        catchThrowableOfType(
            HttpClientResponseException.class, () -> client.retrieve("/api/v1/bots"));
    assertThat(missing.getStatus().getCode()).isEqualTo(HttpStatus.NOT_FOUND.getCode());
  }

  @Test
  void leavesTheHostsBeansAndEventsAlone() {
    ApplicationContext host = server.getApplicationContext();
    assertThat(host.getBean(NoticeBoard.class).starts()).isEqualTo(1);
    assertThat(host.getBeansOfType(DataSource.class)).isEmpty();
    assertThat(
            host.getAllBeanDefinitions().stream()
                .filter(d -> d.getClass().getName().startsWith("io.parley."))
                .filter(d -> d.isEnabled(host)))
        .isEmpty();
  }
}
