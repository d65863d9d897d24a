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
import io.parley.testkit.ai.ChatModelContract;
import io.parley.testkit.ai.PassageSamples;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What chat models keep that are called over HTTP, whatever their server does. Extend it and open
 * yours on a {@link ModelServer}.
 */
public abstract class RemoteChatModelContract extends ChatModelContract {
  static final String KEY = "sk-contract-4711";
  private static final Duration SILENCE = Duration.ofMillis(400);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String FIRST_PIECE = "You";

  private final ModelServer server = ModelServer.start().requiring(KEY);
  private final List<String> pieces = new ArrayList<>();

  /**
   * A model on that server; the contract closes it. It makes at most two retries, with pauses of at
   * most 2 seconds, and a whole call takes at most five times the longest silence.
   */
  protected abstract ChatModel open(ModelServer on, String key, Duration longestSilence);

  /** The name of the model that {@link #open(ModelServer, String, Duration)} opens. */
  protected abstract String model();

  /** The vendor's word for an answer that is cut off by its length. */
  protected abstract String length();

  /** The vendor's word for an answer that a filter holds back. */
  protected abstract String filtered();

  @Override
  protected ChatModel open() {
    return open(server, KEY, PATIENCE);
  }

  @AfterEach
  void closeTheServer() {
    server.close();
  }

  private ChatCompletion ask(Duration silence) {
    return ask(server, KEY, silence);
  }

  private ChatCompletion ask(ModelServer on, String key, Duration silence) {
    try (ChatModel model = open(on, key, silence)) {
      return model.complete(PassageSamples.ANSWERED, pieces::add, () -> false);
    }
  }

  private int calls() {
    return server.received().size();
  }

  @Test
  public void the_whole_answer_comes_and_its_tokens_are_counted() {
    ChatCompletion completion = ask(PATIENCE);

    assertThat(String.join("", pieces))
        .isEqualTo("You said: " + PassageSamples.ANSWERED.question());
    assertThat(completion.usage().promptTokens()).isPositive();
    assertThat(completion.usage().completionTokens()).isPositive();
  }

  @Test
  public void the_prompt_is_sent_in_turns_that_every_model_takes() {
    ChatRequest request =
        new ChatRequest(
            List.of(
                new Said(Speaker.SYSTEM, "Rules."),
                new Said(Speaker.ASSISTANT, "Answer to nothing."),
                new Said(Speaker.USER, "First?"),
                new Said(Speaker.ASSISTANT, " "),
                new Said(Speaker.USER, "Second?")),
            "Second?",
            List.of(),
            0);
    try (ChatModel model = open()) {
      model.complete(request, pieces::add, () -> false);
    }

    assertThat(String.join("", pieces)).isEqualTo("You said: First?\n\nSecond?");
    assertThat(server.received().getFirst().body())
        .contains("Rules.")
        .doesNotContain("Answer to nothing");
  }

  @Test
  public void it_speaks_plain_http_1() {
    ask(PATIENCE);

    assertThat(server.received().getFirst().headers())
        .doesNotContainKeys("upgrade", "http2-settings");
  }

  @Test
  public void a_wrong_key_is_said_to_be_wrong() {
    Failing.with(Kind.CREDENTIALS_REJECTED, () -> ask(server, "sk-quartz", PATIENCE));
    assertThat(calls()).isOne();
  }

  @Test
  public void a_model_that_is_not_there_is_a_wrong_setting() {
    server.without(model());

    Failing.with(Kind.INVALID_CONFIGURATION, () -> ask(PATIENCE));
  }

  @Test
  public void a_vendor_that_is_down_is_tried_again_a_few_times() {
    server.onChat(new Fault.Refuses(503, ""), new Fault.HangsUp());

    assertThat(ask(PATIENCE).finish()).isEqualTo(Finish.STOP);
    assertThat(calls()).isEqualTo(3);

    server.onChat(
        new Fault.Refuses(500, ""), new Fault.Refuses(502, ""), new Fault.Refuses(529, ""));
    Failing.with(Kind.UNAVAILABLE, () -> ask(PATIENCE));
    assertThat(calls()).isEqualTo(6);
  }

  @Test
  public void it_waits_as_long_as_it_is_asked_to() {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Instant.now().plusSeconds(1).atOffset(ZoneOffset.UTC));
    server.onChat(new Fault.Throttles("1"), new Fault.Throttles(date));

    assertThat(ask(PATIENCE).finish()).isEqualTo(Finish.STOP);
    assertThat(calls()).isEqualTo(3);
  }

  @Test
  public void whoever_is_asked_to_wait_for_long_is_told_so_at_once() {
    server.onChat(new Fault.Throttles("3600"));

    Failing.withWait(Kind.RATE_LIMITED, Duration.ofHours(1), () -> ask(PATIENCE));
    assertThat(calls()).isOne();
  }

  @Test
  public void silence_before_the_first_piece_ends_the_call() {
    server.onChat(new Fault.Hangs());

    Failing.with(Kind.TIMEOUT, () -> ask(SILENCE));
    assertThat(calls()).isOne();
  }

  @Test
  public void silence_in_the_middle_ends_the_call() {
    server.onChat(new Fault.StallsAfter(1));

    Failing.with(Kind.TIMEOUT, () -> ask(SILENCE));
    assertThat(pieces).containsExactly(FIRST_PIECE);
    assertThat(calls()).isOne();
  }

  @Test
  public void comments_alone_do_not_keep_a_call_alive_for_ever() {
    server.onChat(new Fault.OnlyComments());

    Failing.with(Kind.TIMEOUT, () -> ask(SILENCE));
  }

  @Test
  public void an_answer_without_its_end_is_a_failure_and_is_not_begun_again() {
    server.onChat(new Fault.EndsAfter(1), new Fault.BreaksAfter(1), new Fault.FailsAfter(1));

    for (int i = 1; i <= 3; i++) {
      Failing.with(Kind.UNAVAILABLE, () -> ask(PATIENCE));
      assertThat(calls()).isEqualTo(i);
    }
    assertThat(pieces).containsExactly(FIRST_PIECE, FIRST_PIECE, FIRST_PIECE);
  }

  @Test
  public void an_answer_that_breaks_before_its_first_piece_is_begun_again() {
    server.onChat(new Fault.EndsAfter(0), new Fault.FailsAfter(0));

    assertThat(ask(PATIENCE).finish()).isEqualTo(Finish.STOP);
    assertThat(pieces.getFirst()).isEqualTo(FIRST_PIECE);
  }

  @Test
  public void what_cannot_be_read_is_no_answer() {
    server.onChat(new Fault.SpeaksNonsense(), new Fault.DoesNotStream());

    Failing.with(Kind.CORRUPT_DATA, () -> ask(PATIENCE));
    Failing.with(Kind.CORRUPT_DATA, () -> ask(PATIENCE));
    assertThat(pieces).isEmpty();
  }

  @Test
  public void comments_and_odd_line_ends_are_no_trouble() {
    server.onChat(new Fault.StreamsOddly());

    assertThat(ask(PATIENCE).finish()).isEqualTo(Finish.STOP);
    assertThat(String.join("", pieces))
        .isEqualTo("You said: " + PassageSamples.ANSWERED.question());
  }

  @Test
  public void nobody_waits_for_what_comes_behind_the_end() {
    server.onChat(new Fault.LingersAfterTheEnd());

    assertThat(ask(PATIENCE).finish()).isEqualTo(Finish.STOP);
  }

  @Test
  public void an_answer_that_is_too_long_says_so() {
    server.onChat(new Fault.EndsBecause(length()));

    assertThat(ask(PATIENCE).finish()).isEqualTo(Finish.LENGTH);
  }

  @Test
  public void an_answer_that_is_held_back_is_a_failure() {
    server.onChat(new Fault.EndsBecause(filtered()));

    assertThat(Failing.with(Kind.INVALID_CONFIGURATION, () -> ask(PATIENCE)).retryable()).isFalse();
  }

  @Test
  public void a_redirect_is_not_followed() {
    try (ModelServer elsewhere = ModelServer.start()) {
      server.onChat(new Fault.Redirects(elsewhere.openAiUrl() + "/chat/completions"));

      Failing.with(Kind.INVALID_CONFIGURATION, () -> ask(PATIENCE));
      assertThat(elsewhere.received()).isEmpty();
    }
  }

  @Test
  public void whoever_goes_away_while_the_model_is_silent_is_not_waited_for() {
    server.onChat(new Fault.Hangs(), new Fault.StallsAfter(1));
    for (int i = 1; i <= 2; i++) {
      int call = i;
      try (ChatModel model = open()) {
        ChatCompletion completion =
            model.complete(PassageSamples.ANSWERED, pieces::add, () -> calls() == call);

        assertThat(completion.finish()).isEqualTo(Finish.CANCELLED);
      }
    }
  }

  @Test
  public void what_the_listener_throws_reaches_the_caller_and_ends_the_call() {
    IllegalStateException full = new IllegalStateException("full");
    try (ChatModel model = open()) {
      assertThatThrownBy(() ->
              model.complete(
                  PassageSamples.ANSWERED,
                  piece -> {
                    pieces.add(piece);
                    throw full;
                  },
                  () -> false))
          .isSameAs(full);
    }
    assertThat(pieces).hasSize(1);
    assertThat(calls()).isOne();
  }

  @Test
  public void a_vendor_that_stays_down_is_left_alone() {
    try (ChatModel model = open()) {
      server.onChat(
          IntStream.range(0, 100).mapToObj(_ -> new Fault.HangsUp()).toArray(Fault[]::new));
      for (int i = 0; i < 10; i++) {
        Failing.with(
            Kind.UNAVAILABLE,
            () -> model.complete(PassageSamples.ANSWERED, pieces::add, () -> false));
      }
      int before = calls();

      Failing.withWait(
          Kind.UNAVAILABLE,
          Duration.ofMillis(1),
          () -> model.complete(PassageSamples.ANSWERED, pieces::add, () -> false));

      assertThat(calls()).isEqualTo(before).isLessThan(30);
    }
  }

  @Test
  public void a_server_that_is_not_there_is_unavailable() {
    server.close();

    Failing.with(Kind.UNAVAILABLE, () -> ask(PATIENCE));
  }

  @Test
  public void a_closed_model_says_that_it_is_closed() {
    ChatModel model = open();
    model.close();

    Failing.with(
        Kind.UNAVAILABLE, () -> model.complete(PassageSamples.ANSWERED, pieces::add, () -> false));
    assertThat(calls()).isZero();
  }
}
