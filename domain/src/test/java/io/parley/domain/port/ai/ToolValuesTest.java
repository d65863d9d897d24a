package io.parley.domain.port.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.conversation.TokenUsage;
import io.parley.domain.port.ai.ChatCompletion.Finish;
import io.parley.domain.port.ai.ChatRequest.ToolRound;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolValuesTest {
  private static final ToolCall CALL = new ToolCall("1", "clock", "{}");

  private static Tool tool(String name) {
    return new Tool(name, "Says what time it is.", "{}");
  }

  private static void isRefused(Runnable made) {
    assertThatIllegalArgumentException().isThrownBy(made::run);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "_", "read_document", "http-get2"})
  void namesAreWhatEveryVendorTakes(String name) {
    assertThat(tool(name).name()).isEqualTo(name);
    assertThat(tool("a".repeat(64)).name()).hasSize(64);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "2nd", "-x", "a b", "a.b", "größe", "a\n"})
  void otherNamesAreRefused(String name) {
    isRefused(() -> tool(name));
    isRefused(() -> new ToolCall("1", name, "{}"));
    isRefused(() -> tool("a".repeat(65)));
  }

  @Test
  void everythingHasAnEnd() {
    isRefused(() -> new Tool("clock", " ", "{}"));
    isRefused(() -> new Tool("clock", "x".repeat(1_025), "{}"));
    isRefused(() -> new Tool("clock", "x", " "));
    isRefused(() -> new Tool("clock", "x", "x".repeat(32_769)));
    isRefused(() -> new ToolCall(" ", "clock", "{}"));
    isRefused(() -> new ToolCall("x".repeat(257), "clock", "{}"));
    isRefused(() -> new ToolCall("1", "clock", ""));
    isRefused(() -> new ToolCall("1", "clock", "x".repeat(ToolCall.LONGEST_ARGUMENTS + 1)));
    isRefused(() -> new ToolCall("1", "clock", "{}", "x".repeat(ToolCall.LONGEST_SIGNATURE + 1)));
    isRefused(() -> new ToolUse(CALL, "x".repeat(ToolUse.LONGEST_RESULT + 1)));
    isRefused(() -> new ToolRound("Wait.", List.of()));
  }

  @Test
  void aRequestOffersEachToolOnceAndNotTooMany() {
    List<Tool> most = IntStream.range(0, 128).mapToObj(i -> tool("t" + i)).toList();
    assertThat(new ChatRequest(List.of(), "", List.of(), 0, most).tools()).hasSize(128);
    assertThat(new ChatRequest(List.of(), "", List.of(), 0).tools()).isEmpty();

    isRefused(() ->
        new ChatRequest(
            List.of(),
            "",
            List.of(),
            0,
            IntStream.range(0, 129).mapToObj(i -> tool("t" + i)).toList()));
    isRefused(
        () -> new ChatRequest(List.of(), "", List.of(), 0, Collections.nCopies(2, tool("clock"))));
  }

  @Test
  void aCompletionHasCallsWhenItEndedWithThemOnly() {
    assertThat(new ChatCompletion(Finish.TOOL_CALLS, TokenUsage.NONE, List.of(CALL)).calls())
        .containsExactly(CALL);
    assertThat(new ChatCompletion(Finish.STOP, TokenUsage.NONE).calls()).isEmpty();

    isRefused(() -> new ChatCompletion(Finish.TOOL_CALLS, TokenUsage.NONE));
    isRefused(() -> new ChatCompletion(Finish.STOP, TokenUsage.NONE, List.of(CALL)));
  }

  @Test
  void whatIsGivenIsCopied() {
    List<ToolCall> calls = new ArrayList<>(List.of(CALL));
    ChatCompletion completion = new ChatCompletion(Finish.TOOL_CALLS, TokenUsage.NONE, calls);
    calls.clear();

    assertThat(completion.calls()).containsExactly(CALL);
    assertThatThrownBy(() -> completion.calls().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
