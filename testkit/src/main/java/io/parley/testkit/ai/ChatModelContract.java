package io.parley.testkit.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.ai.ChatCompletion;
import io.parley.domain.port.ai.ChatCompletion.Finish;
import io.parley.domain.port.ai.ChatModel;
import io.parley.domain.port.ai.ChatRequest;
import io.parley.domain.port.ai.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ChatModel} keeps. Extend it, open yours, and have it answer in several pieces.
 */
public abstract class ChatModelContract {

  /**
   * A fresh model; the contract closes it. It answers {@link PassageSamples#ANSWERED} in at least
   * two pieces.
   */
  protected abstract ChatModel open();

  @Test
  public void an_answer_comes_in_pieces_on_the_calling_thread() {
    try (ChatModel model = open()) {
      List<String> pieces = new ArrayList<>();
      List<Thread> threads = new ArrayList<>();

      ChatCompletion completion =
          model.complete(
              PassageSamples.ANSWERED,
              text -> {
                pieces.add(text);
                threads.add(Thread.currentThread());
              },
              () -> false);

      assertThat(completion.finish()).isEqualTo(Finish.STOP);
      assertThat(pieces).hasSizeGreaterThan(1).noneMatch(String::isEmpty);
      assertThat(threads).containsOnly(Thread.currentThread());
      assertThat(completion.usage().promptTokens()).isNotNegative();
      assertThat(completion.usage().completionTokens()).isNotNegative();
    }
  }

  @Test
  public void an_answer_that_was_cancelled_before_it_began_has_no_text() {
    try (ChatModel model = open()) {
      List<String> pieces = new ArrayList<>();

      ChatCompletion completion = model.complete(PassageSamples.ANSWERED, pieces::add, () -> true);

      assertThat(completion.finish()).isEqualTo(Finish.CANCELLED);
      assertThat(pieces).isEmpty();
    }
  }

  @Test
  public void an_answer_that_is_cancelled_in_the_middle_ends_there() {
    try (ChatModel model = open()) {
      List<String> pieces = new ArrayList<>();
      AtomicBoolean gone = new AtomicBoolean();

      ChatCompletion completion =
          model.complete(
              PassageSamples.ANSWERED,
              text -> {
                pieces.add(text);
                gone.set(true);
              },
              gone::get);

      assertThat(completion.finish()).isEqualTo(Finish.CANCELLED);
      assertThat(pieces).hasSize(1);
    }
  }

  @Test
  public void a_model_that_only_picks_sentences_says_when_there_is_none() {
    try (ChatModel model = open()) {
      Assumptions.assumeFalse(model.generative(), "only of models that pick sentences");
      for (ChatRequest request : List.of(PassageSamples.UNANSWERED, PassageSamples.EMPTY)) {
        List<String> pieces = new ArrayList<>();

        ChatCompletion completion = model.complete(request, pieces::add, () -> false);

        assertThat(completion.finish()).isEqualTo(Finish.NOTHING_FOUND);
        assertThat(pieces).isEmpty();
      }
    }
  }

  @Test
  public void a_model_that_only_picks_sentences_writes_nothing_of_its_own() {
    try (ChatModel model = open()) {
      Assumptions.assumeFalse(model.generative(), "only of models that pick sentences");
      StringBuilder answer = new StringBuilder();

      model.complete(PassageSamples.ANSWERED, answer::append, () -> false);

      PassageSamples.requireVerbatim(answer.toString(), PassageSamples.ANSWERED.passages());
    }
  }

  @Test
  public void a_model_without_tools_refuses_them() {
    try (ChatModel model = open()) {
      Assumptions.assumeFalse(model.takesTools(), "only of models that take no tools");
      List<String> pieces = new ArrayList<>();
      ChatRequest request = ToolSamples.offering(PassageSamples.ANSWERED);

      assertThatThrownBy(() -> model.complete(request, pieces::add, () -> false))
          .isInstanceOfSatisfying(
              PortFailure.class,
              refusal ->
                  assertThat(refusal.kind()).isEqualTo(PortFailure.Kind.INVALID_CONFIGURATION));
      assertThat(pieces).isEmpty();
    }
  }

  @Test
  public void tools_are_offered_and_need_not_be_used() {
    try (ChatModel model = open()) {
      Assumptions.assumeTrue(model.takesTools(), "only of models that take tools");
      StringBuilder answer = new StringBuilder();

      ChatCompletion completion =
          model.complete(
              ToolSamples.offering(PassageSamples.ANSWERED), answer::append, () -> false);

      switch (completion.finish()) {
        case STOP -> assertThat(answer).isNotEmpty();
        case TOOL_CALLS ->
            assertThat(completion.calls())
                .extracting(ToolCall::name)
                .isSubsetOf(ToolSamples.TIDE.name(), ToolSamples.CLOCK.name());
        case LENGTH, CANCELLED, NOTHING_FOUND -> fail("ended with " + completion.finish());
      }
    }
  }

  @Test
  public void many_threads_are_answered_at_once() throws Exception {
    try (ChatModel model = open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Finish>> calls = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        calls.add(() ->
            model
                .complete(PassageSamples.ANSWERED, new StringBuilder()::append, () -> false)
                .finish());
      }
      for (Future<Finish> finish : threads.invokeAll(calls)) {
        assertThat(finish.get()).isEqualTo(Finish.STOP);
      }
    }
  }

  @Test
  public void it_has_a_name_and_may_be_closed_twice() {
    ChatModel model = open();
    assertThat(model.name()).isNotBlank();
    model.close();
    model.close();
  }
}
