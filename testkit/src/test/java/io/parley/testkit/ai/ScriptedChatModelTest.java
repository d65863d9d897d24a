package io.parley.testkit.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.ai.ChatCompletion;
import io.parley.domain.port.ai.ChatModel;
import io.parley.domain.port.ai.ToolCall;
import org.junit.jupiter.api.Test;

class ScriptedChatModelTest extends ChatModelContract {
  @Override
  protected ChatModel open() {
    return new ScriptedChatModel("scripted", "Agnes ", "Tolliver", ". [1]");
  }

  @Test
  void scripts_are_played_in_order_and_the_last_for_ever() {
    ScriptedChatModel model = new ScriptedChatModel("scripted", "one").then("two");

    assertThat(said(model) + said(model) + said(model)).isEqualTo("onetwotwo");
    assertThat(model.requests()).hasSize(3);
  }

  @Test
  void a_script_may_break_in_the_middle() {
    ScriptedChatModel model = new ScriptedChatModel("scripted", "one").thenBreaksAfter("t");
    said(model);

    assertThatThrownBy(() -> said(model)).isInstanceOf(PortFailure.class);
  }

  @Test
  void a_script_may_call_tools_that_were_offered() {
    ToolCall call = new ToolCall("1", "clock", "{}");
    ScriptedChatModel model =
        new ScriptedChatModel("scripted", "one").thenCalls("Wait.", call).thenCalls("", call);
    said(model);
    StringBuilder text = new StringBuilder();

    ChatCompletion completion =
        model.complete(ToolSamples.offering(PassageSamples.EMPTY), text::append, () -> false);

    assertThat(text).hasToString("Wait.");
    assertThat(completion.calls()).containsExactly(call);
    assertThatThrownBy(() -> said(model)).isInstanceOf(PortFailure.class);
  }

  private static String said(ChatModel model) {
    StringBuilder text = new StringBuilder();
    model.complete(PassageSamples.EMPTY, text::append, () -> false);
    return text.toString();
  }
}
