package io.parley.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.port.PortFailure.Kind;
import io.parley.domain.port.ai.ChatCompletion;
import io.parley.domain.port.ai.ChatCompletion.Finish;
import io.parley.domain.port.ai.ChatModel;
import io.parley.domain.port.ai.ChatRequest;
import io.parley.domain.port.ai.ChatRequest.Said;
import io.parley.domain.port.ai.ChatRequest.Speaker;
import io.parley.domain.port.ai.ChatRequest.ToolRound;
import io.parley.domain.port.ai.Tool;
import io.parley.domain.port.ai.ToolCall;
import io.parley.domain.port.ai.ToolUse;
import io.parley.testkit.ai.PassageSamples;
import io.parley.testkit.ai.ToolSamples;
import io.parley.testkit.server.ToolTurn.Call;
import io.parley.testkit.server.ToolTurn.Manner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What chat models keep that are called over HTTP and take tools, however their server calls them.
 * Extend it and open yours on a {@link ModelServer}.
 */
public abstract class RemoteToolCallContract {
  private static final String KEY = RemoteChatModelContract.KEY;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final ChatRequest ASKED = ToolSamples.offering(PassageSamples.EMPTY);
  private static final String PRECISE =
      "{\"harbour\":\"Bréhat \\\"east\\\"\",\"day\":12345678901234567890,\"depth\":0.10}";
  private static final Call TIDE = new Call("call_7", "tide_table", PRECISE);
  private static final Call CLOCK = new Call("call_8", "clock", "{}");

  private final ModelServer server = ModelServer.start().requiring(KEY);
  private final List<String> pieces = new ArrayList<>();

  /** A model on that server, with the limits that {@link RemoteChatModelContract} wants. */
  protected abstract ChatModel open(ModelServer on, String key, Duration longestSilence);

  /** The vendor's word for an answer that is cut off by its length. */
  protected abstract String length();

  @AfterEach
  void closeTheServer() {
    server.close();
  }

  private ChatCompletion ask(ChatRequest request) {
    try (ChatModel model = open(server, KEY, PATIENCE)) {
      assertThat(model.takesTools()).isTrue();
      return model.complete(request, pieces::add, () -> false);
    }
  }

  private static List<String> told(ChatCompletion completion) {
    return completion.calls().stream().map(call -> call.name() + call.arguments()).toList();
  }

  @Test
  public void a_call_comes_whole_and_exactly_as_it_was_made() {
    server.askingForTools(ToolTurn.of(TIDE));

    ChatCompletion completion = ask(ASKED);

    assertThat(completion.finish()).isEqualTo(Finish.TOOL_CALLS);
    assertThat(told(completion)).containsExactly("tide_table" + PRECISE);
    assertThat(completion.calls().getFirst().id()).isEqualTo("call_7");
    assertThat(completion.usage().promptTokens()).isPositive();
    assertThat(pieces).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Manner.class)
  public void several_calls_come_in_their_order_however_they_are_sent(Manner manner) {
    Call other = new Call("call_9", "tide_table", "{\"harbour\":\"Skerry\"}");
    server.askingForTools(ToolTurn.of(TIDE, other, CLOCK).in(manner));

    ChatCompletion completion = ask(ASKED);

    assertThat(told(completion))
        .containsExactly("tide_table" + PRECISE, "tide_table{\"harbour\":\"Skerry\"}", "clock{}");
    assertThat(completion.calls().stream().map(ToolCall::id)).doesNotHaveDuplicates();
  }

  @Test
  public void ids_that_are_the_same_are_told_apart() {
    server.askingForTools(
        ToolTurn.of(TIDE, new Call("call_7", "clock", "{\"zone\":1}")).in(Manner.SIDE_BY_SIDE));

    assertThat(ask(ASKED).calls().stream().map(ToolCall::id)).doesNotHaveDuplicates().hasSize(2);
  }

  @Test
  public void what_is_said_before_a_call_is_streamed() {
    server.askingForTools(ToolTurn.of(CLOCK).saying("Let me look."));

    ChatCompletion completion = ask(ASKED);

    assertThat(pieces).containsExactly("Let", " me", " look.");
    assertThat(told(completion)).containsExactly("clock{}");
  }

  @ParameterizedTest
  @EnumSource(
      value = Manner.class,
      names = {"USUAL", "WITHOUT_IDS"})
  public void results_are_sent_back_and_answered(Manner manner) {
    server.askingForTools(ToolTurn.of(TIDE, CLOCK).saying("I look.").in(manner));
    List<ToolCall> calls = ask(ASKED).calls();
    pieces.clear();

    ChatCompletion completion =
        ask(
            ToolSamples.after(
                ASKED,
                new ToolRound(
                    "I look.",
                    List.of(
                        new ToolUse(calls.get(0), "{\"high\":\"10:40\"}"),
                        new ToolUse(calls.get(1), "It is ten past nine.")))));

    assertThat(completion.finish()).isEqualTo(Finish.STOP);
    assertThat(String.join("", pieces))
        .startsWith("The tools said: ")
        .contains("10:40", "It is ten past nine.");
  }

  @Test
  public void rounds_may_stand_anywhere_in_a_prompt() {
    ToolRound round =
        new ToolRound("", List.of(new ToolUse(new ToolCall("call_1", "clock", "{}"), "")));
    ask(
        new ChatRequest(
            List.of(
                round, // what stands before the first question is left out
                new Said(Speaker.SYSTEM, "Rules."),
                new Said(Speaker.USER, "First?"),
                round,
                round,
                new Said(Speaker.ASSISTANT, "Nine."),
                new Said(Speaker.USER, "Second?")),
            "Second?",
            List.of(),
            0));

    assertThat(String.join("", pieces)).isEqualTo("You said: Second?");
  }

  @Test
  public void schemas_arrive_as_they_were_written() {
    ask(ASKED);

    assertThat(server.received().getFirst().body())
        .contains(ToolSamples.TIDE.parameters(), ToolSamples.TIDE.description());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1]", "\"harbour\"", "{\"harbour\":", "{} {}", "nonsense"})
  public void arguments_that_are_no_object_are_refused(String arguments) {
    server.askingForTools(ToolTurn.of(new Call("call_1", "tide_table", arguments)));

    Failing.with(Kind.CORRUPT_DATA, () -> ask(ASKED));
    assertThat(server.received()).hasSize(1);
  }

  @Test
  public void a_tool_that_was_not_offered_is_refused() {
    Call foreign = new Call("call_1", "drop_tables", "{}");
    server.askingForTools(
        ToolTurn.of(CLOCK, foreign), ToolTurn.of(CLOCK), ToolTurn.of(new Call("c", "", "{}")));

    Failing.with(Kind.CORRUPT_DATA, () -> ask(ASKED));
    Failing.with(Kind.CORRUPT_DATA, () -> ask(PassageSamples.EMPTY));
    Failing.with(Kind.CORRUPT_DATA, () -> ask(ASKED));
  }

  @Test
  public void calls_without_end_are_refused() {
    String longest = "{\"harbour\":\"" + "a".repeat(ToolCall.LONGEST_ARGUMENTS) + "\"}";
    server.askingForTools(
        ToolTurn.of(new Call("call_1", "tide_table", longest)).in(Manner.SAME_INDEX),
        ToolTurn.of(Collections.nCopies(65, CLOCK).toArray(Call[]::new)).in(Manner.WITHOUT_IDS));

    Failing.with(Kind.CORRUPT_DATA, () -> ask(ASKED));
    Failing.with(Kind.CORRUPT_DATA, () -> ask(ASKED));
  }

  @Test
  public void a_stream_that_ends_inside_a_call_is_begun_again() {
    server.askingForTools(ToolTurn.of(TIDE), ToolTurn.of(TIDE));
    server.onChat(new Fault.EndsAfter(1));

    assertThat(told(ask(ASKED))).containsExactly("tide_table" + PRECISE);
    assertThat(server.received()).hasSize(2);
  }

  @Test
  public void a_stream_that_ends_inside_a_call_after_words_is_a_failure() {
    ToolTurn turn = ToolTurn.of(TIDE).saying("Wait.");
    server.askingForTools(turn, turn);
    server.onChat(new Fault.EndsAfter(2), new Fault.BreaksAfter(2));

    Failing.with(Kind.UNAVAILABLE, () -> ask(ASKED));
    Failing.with(Kind.UNAVAILABLE, () -> ask(ASKED));
    assertThat(pieces).containsExactly("Wait.", "Wait.");
  }

  @Test
  public void calls_that_are_cut_off_by_the_length_are_left_out() {
    server.askingForTools(ToolTurn.of(TIDE));
    server.onChat(new Fault.EndsBecause(length()));

    ChatCompletion completion = ask(ASKED);

    assertThat(completion.finish()).isEqualTo(Finish.LENGTH);
    assertThat(completion.calls()).isEmpty();
  }

  @Test
  public void whoever_goes_away_in_the_middle_of_a_call_gets_none() {
    server.askingForTools(ToolTurn.of(TIDE));
    server.onChat(new Fault.StallsAfter(1));
    try (ChatModel model = open(server, KEY, PATIENCE)) {
      ChatCompletion completion =
          model.complete(ASKED, pieces::add, () -> !server.received().isEmpty());

      assertThat(completion.finish()).isEqualTo(Finish.CANCELLED);
      assertThat(completion.calls()).isEmpty();
    }
  }

  @Test
  public void what_is_sent_as_json_has_to_be_json() {
    Tool schemaless = new Tool("clock", "Says what time it is.", "an object");
    ToolUse use = new ToolUse(new ToolCall("call_1", "clock", "{} , 1"), "");

    assertThatThrownBy(() ->
            ask(new ChatRequest(ASKED.messages(), "Time?", List.of(), 0, List.of(schemaless))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ask(ToolSamples.after(ASKED, new ToolRound("", List.of(use)))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(server.received()).isEmpty();
  }
}
