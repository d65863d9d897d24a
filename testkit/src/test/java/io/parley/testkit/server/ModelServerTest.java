package io.parley.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelServerTest {
  private static final String PROMPT =
      "Passages:\\n\\n<passage number=\\\"1\\\" from=\\\"a\\\">\\nBread is baked.\\n</passage>\\n"
          + "\\n<passage number=\\\"2\\\" from=\\\"a\\\">\\n<context>Keeper</context>\\nThe keeper is Ada."
          + " It rains.\\n</passage>\\n\\nQuestion: Who is the %s?";

  private final ModelServer server = ModelServer.start();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void close() {
    server.close();
    client.close();
  }

  private HttpResponse<String> post(URI base, String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(base + path)).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private String openAi(String question, boolean stream) throws Exception {
    return post(
            server.openAiUrl(),
            "/chat/completions",
            "{\"model\":\"m\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                .formatted(stream, PROMPT.formatted(question)))
        .body();
  }

  private String gemini(String method, String question) throws Exception {
    return post(
            server.geminiUrl(),
            "/models/m:" + method,
            "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"%s\"}]}]}"
                .formatted(PROMPT.formatted(question)))
        .body();
  }

  @Test
  void answers_are_the_sentences_that_share_words_with_the_question() throws Exception {
    assertThat(openAi("keeper", false)).contains("\"The keeper is Ada. [2]\"").contains("\"stop\"");
    assertThat(openAi("butler", false)).contains("\"NOT_FOUND\"");
    assertThat(gemini("generateContent", "keeper"))
        .contains("\"The keeper is Ada. [2]\"")
        .contains("\"STOP\"");
  }

  @Test
  void a_stream_comes_in_events_and_ends_with_its_marker() throws Exception {
    assertThat(openAi("keeper", true))
        .startsWith("data: {")
        .contains("\" keeper\"")
        .endsWith("data: [DONE]\n\n");
    assertThat(gemini("streamGenerateContent?alt=sse", "keeper"))
        .contains("\"finishReason\":\"STOP\"");
  }

  @Test
  void there_is_a_list_of_models() throws Exception {
    HttpRequest get =
        HttpRequest.newBuilder(URI.create(server.openAiUrl() + "/models")).GET().build();

    assertThat(client.send(get, BodyHandlers.ofString()).body()).contains("\"list\"");
  }

  @Test
  void the_same_text_has_the_same_embedding_in_both_protocols() throws Exception {
    String one =
        post(
                server.openAiUrl(),
                "/embeddings",
                "{\"model\":\"m\",\"input\":\"ferry\",\"dimensions\":8}")
            .body();
    String other =
        post(
                server.geminiUrl(),
                "/models/m:embedContent",
                "{\"content\":{\"parts\":[{\"text\":\"ferry\"}]},\"outputDimensionality\":8}")
            .body();

    assertThat(one).contains("\"embedding\":[0.0,0.0,-1.0,0.0,0.0,0.0,0.0,0.0]");
    assertThat(other).contains("\"values\":[0.0,0.0,-0.7,0.0,0.0,0.0,0.0,0.0]");
  }

  @Test
  void faults_are_played_once_each() throws Exception {
    server.onChat(new Fault.Throttles("7"), new Fault.HangsUp());

    HttpResponse<String> throttled = post(server.openAiUrl(), "/chat/completions", "{}");
    assertThat(throttled.statusCode()).isEqualTo(429);
    assertThat(throttled.headers().firstValue("Retry-After")).contains("7");
    assertThatThrownBy(() -> openAi("keeper", false)).isInstanceOf(IOException.class);
    assertThat(openAi("keeper", false)).contains("Ada");
    assertThat(server.received()).hasSize(3);
  }
}
