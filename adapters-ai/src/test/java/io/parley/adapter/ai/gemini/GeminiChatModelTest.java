package io.parley.adapter.ai.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.adapter.ai.remote.TestLimits;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import io.parley.domain.port.Secret;
import io.parley.domain.port.ai.ChatModel;
import io.parley.testkit.ai.PassageSamples;
import io.parley.testkit.server.Fault;
import io.parley.testkit.server.ModelServer;
import io.parley.testkit.server.RemoteChatModelContract;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiChatModelTest extends RemoteChatModelContract {

  @Override
  protected ChatModel open(ModelServer on, String key, Duration longestSilence) {
    return GeminiChatModel.open(
        new GeminiChatConfig(
            new GeminiAccess(on.geminiUrl(), new Secret(key)),
            "models/" + model(),
            TestLimits.of(longestSilence)));
  }

  @Override
  protected String model() {
    return "gemini-2.5-flash";
  }

  @Override
  protected String length() {
    return "MAX_TOKENS";
  }

  @Override
  protected String filtered() {
    return "SAFETY";
  }

  @Test
  void a_question_that_is_blocked_is_a_failure() {
    assertThat(failure(new Fault.BlocksQuestion("PROHIBITED_CONTENT")).kind())
        .isEqualTo(Kind.INVALID_CONFIGURATION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"IMAGE_SAFETY", "SOMETHING_NEW", "MALFORMED_FUNCTION_CALL", "OTHER"})
  void an_end_for_another_reason_is_a_failure(String reason) {
    assertThat(failure(new Fault.EndsBecause(reason)).kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void how_long_to_wait_may_stand_in_the_body() {
    assertThat(failure(new Fault.Refuses(429, "retry")).retryAfter())
        .contains(Duration.ofSeconds(17));
  }

  @Test
  void the_key_is_never_in_the_address() {
    try (ModelServer server = ModelServer.start();
        ChatModel model = open(server, "sk-secret", Duration.ofSeconds(20))) {
      model.complete(PassageSamples.ANSWERED, text -> {}, () -> false);

      assertThat(server.received().getFirst().path()).doesNotContain("sk-secret");
    }
  }

  private PortFailure failure(Fault fault) {
    try (ModelServer server = ModelServer.start();
        ChatModel model = open(server, "k", Duration.ofSeconds(20))) {
      server.onChat(fault);
      PortFailure[] thrown = new PortFailure[1];
      assertThatThrownBy(() -> model.complete(PassageSamples.ANSWERED, text -> {}, () -> false))
          .isInstanceOfSatisfying(PortFailure.class, failure -> thrown[0] = failure);
      return thrown[0];
    }
  }
}
