package io.parley.adapter.ai.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.adapter.ai.remote.TestLimits;
import io.parley.domain.port.Secret;
import io.parley.domain.port.ai.ChatCompletion;
import io.parley.domain.port.ai.ChatCompletion.Finish;
import io.parley.domain.port.ai.ChatModel;
import io.parley.domain.port.ai.ChatRequest;
import io.parley.domain.port.ai.ChatRequest.ToolRound;
import io.parley.domain.port.ai.ToolUse;
import io.parley.testkit.ai.PassageSamples;
import io.parley.testkit.ai.ToolSamples;
import io.parley.testkit.server.ModelServer;
import io.parley.testkit.server.RemoteToolCallContract;
import io.parley.testkit.server.ToolTurn;
import io.parley.testkit.server.ToolTurn.Call;
import io.parley.testkit.server.ToolTurn.Manner;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeminiToolsTest extends RemoteToolCallContract {
  private static final ChatRequest ASKED = ToolSamples.offering(PassageSamples.EMPTY);

  @Override
  protected ChatModel open(ModelServer on, String key, Duration longestSilence) {
    return open(on, key, "gemini-2.5-flash", longestSilence);
  }

  private static ChatModel open(ModelServer on, String key, String model, Duration silence) {
    GeminiAccess access = new GeminiAccess(on.geminiUrl(), new Secret(key));
    return GeminiChatModel.open(new GeminiChatConfig(access, model, TestLimits.of(silence)));
  }

  @Override
  protected String length() {
    return "MAX_TOKENS";
  }

  @Test
  void a_signature_goes_back_with_its_call() {
    try (ModelServer server = ModelServer.start();
        ChatModel model = open(server, "k", "gemini-3-pro", Duration.ofSeconds(20))) {
      server.askingForTools(
          ToolTurn.of(
                  new Call("a", "tide_table", "{\"harbour\":\"Skerry\"}"),
                  new Call("b", "clock", "{}"))
              .saying("I look."));
      ChatCompletion first = model.complete(ASKED, text -> {}, () -> false);
      List<ToolUse> uses = first.calls().stream().map(call -> new ToolUse(call, "{}")).toList();

      ChatCompletion second =
          model.complete(
              ToolSamples.after(ASKED, new ToolRound("I look.", uses)), text -> {}, () -> false);

      assertThat(first.calls().get(0).signature()).isEqualTo("c2ln/tide_table+A==");
      assertThat(first.calls().get(1).signature()).isNull();
      assertThat(second.finish()).isEqualTo(Finish.STOP);
    }
  }

  @Test
  void ids_that_gemini_did_not_give_are_not_sent_to_it() {
    try (ModelServer server = ModelServer.start();
        ChatModel model = open(server, "k", Duration.ofSeconds(20))) {
      server.askingForTools(ToolTurn.of(new Call("a", "clock", "{}")).in(Manner.WITHOUT_IDS));
      ToolUse use =
          new ToolUse(model.complete(ASKED, text -> {}, () -> false).calls().getFirst(), "nine");
      model.complete(
          ToolSamples.after(ASKED, new ToolRound("", List.of(use))), text -> {}, () -> false);

      assertThat(use.call().id()).startsWith("parley-");
      assertThat(server.received().getLast().body())
          .contains("\"response\":{\"result\":\"nine\"}")
          .doesNotContain("parley-", "\"id\"");
    }
  }
}
