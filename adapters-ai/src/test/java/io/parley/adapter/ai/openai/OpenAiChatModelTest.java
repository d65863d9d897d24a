package io.parley.adapter.ai.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.adapter.ai.remote.TestLimits;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Secret;
import io.parley.domain.port.ai.ChatCompletion.Finish;
import io.parley.domain.port.ai.ChatModel;
import io.parley.testkit.ai.PassageSamples;
import io.parley.testkit.server.Fault;
import io.parley.testkit.server.ModelServer;
import io.parley.testkit.server.RemoteChatModelContract;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OpenAiChatModelTest extends RemoteChatModelContract {
  private static final String MODEL = "gpt-4.1-mini";

  @Override
  protected ChatModel open(ModelServer on, String key, Duration longestSilence) {
    return open(on.openAiUrl(), key, MODEL, longestSilence);
  }

  private static ChatModel open(URI url, String key, String model, Duration silence) {
    OpenAiAccess access = new OpenAiAccess(url, new Secret(key));
    return OpenAiChatModel.open(new OpenAiChatConfig(access, model, TestLimits.of(silence)));
  }

  @Override
  protected String model() {
    return MODEL;
  }

  @Override
  protected String length() {
    return "length";
  }

  @Override
  protected String filtered() {
    return "content_filter";
  }

  @Test
  void a_model_that_reasons_is_asked_without_a_temperature() {
    try (ModelServer server = ModelServer.start();
        ChatModel model = open(server.openAiUrl(), "k", "o4-mini", Duration.ofSeconds(20))) {
      for (int i = 0; i < 2; i++) {
        assertThat(model.complete(PassageSamples.ANSWERED, text -> {}, () -> false).finish())
            .isEqualTo(Finish.STOP);
      }
      assertThat(server.received()).hasSize(3);
    }
  }

  @Test
  void an_account_without_quota_is_not_tried_again() {
    try (ModelServer server = ModelServer.start();
        ChatModel model = open(server.openAiUrl(), "k", MODEL, Duration.ofSeconds(20))) {
      server.onChat(new Fault.Refuses(429, "insufficient_quota"));

      assertThatThrownBy(() -> model.complete(PassageSamples.ANSWERED, text -> {}, () -> false))
          .isInstanceOfSatisfying(
              PortFailure.class, failure -> assertThat(failure.retryable()).isFalse());
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void a_server_without_keys_is_sent_none() {
    OpenAiChatConfig config;
    try (ModelServer server = ModelServer.start()) {
      config =
          new OpenAiChatConfig(
              new OpenAiAccess(URI.create(server.openAiUrl() + "/"), null),
              "llama",
              TestLimits.of(Duration.ofSeconds(20)));
      try (ChatModel model = OpenAiChatModel.open(config)) {
        model.complete(PassageSamples.ANSWERED, text -> {}, () -> false);
      }
      assertThat(server.received().getFirst().headers()).doesNotContainKey("authorization");
      assertThat(server.received().getFirst().path()).isEqualTo("/v1/chat/completions");
    }
  }
}
