package io.parley.adapter.ai.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.adapter.ai.remote.TestLimits;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Secret;
import io.parley.domain.port.ai.ChatModel;
import io.parley.testkit.ai.PassageSamples;
import io.parley.testkit.ai.ToolSamples;
import io.parley.testkit.server.Fault;
import io.parley.testkit.server.ModelServer;
import io.parley.testkit.server.RemoteToolCallContract;
import io.parley.testkit.server.ToolTurn;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class OpenAiToolsTest extends RemoteToolCallContract {

  @Override
  protected ChatModel open(ModelServer on, String key, Duration longestSilence) {
    OpenAiAccess access = new OpenAiAccess(on.openAiUrl(), new Secret(key));
    return OpenAiChatModel.open(
        new OpenAiChatConfig(access, "gpt-4.1-mini", TestLimits.of(longestSilence)));
  }

  @Override
  protected String length() {
    return "length";
  }

  @Test
  void an_id_that_is_made_is_one_that_mistral_takes() {
    assertThat(new OpenAiTools().newId()).matches("[a-z0-9]{9}");
  }

  @Test
  void an_end_for_calls_without_a_call_is_a_failure() {
    try (ModelServer server = ModelServer.start();
        ChatModel model = open(server, "k", Duration.ofSeconds(20))) {
      server.askingForTools(ToolTurn.of().saying("Well."));
      server.onChat(new Fault.EndsBecause("tool_calls"));

      Assertions.assertThatThrownBy(() ->
              model.complete(ToolSamples.offering(PassageSamples.EMPTY), text -> {}, () -> false))
          .isInstanceOfSatisfying(
              PortFailure.class,
              failure -> assertThat(failure.kind()).isEqualTo(PortFailure.Kind.CORRUPT_DATA));
    }
  }
}
