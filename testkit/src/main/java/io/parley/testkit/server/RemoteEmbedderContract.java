package io.parley.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.port.PortFailure.Kind;
import io.parley.domain.port.ai.Embedder;
import io.parley.testkit.ai.EmbedderContract;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What embedders keep that are called over HTTP, whatever their server does. Extend it and open
 * yours on a {@link ModelServer}.
 */
public abstract class RemoteEmbedderContract extends EmbedderContract {
  private static final String KEY = RemoteChatModelContract.KEY;
  private static final Duration SILENCE = Duration.ofMillis(400);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final List<String> FEW =
      List.of("the ferry at noon", "bread of flour", "a quartz clock");

  private final ModelServer server = ModelServer.start().requiring(KEY);

  /**
   * An embedder on that server, of any dimension that its model can have; the contract closes it.
   * It makes at most two retries, with pauses of at most 2 seconds.
   */
  protected abstract Embedder open(ModelServer on, String key, Duration longestSilence);

  /** The name of the model that is opened. */
  protected abstract String modelName();

  /** Whether the protocol says which text an embedding belongs to. */
  protected abstract boolean saysWhichIsWhich();

  @Override
  protected Embedder open() {
    return open(server, KEY, PATIENCE);
  }

  @AfterEach
  void closeTheServer() {
    server.close();
  }

  private List<float[]> embed(String key, Duration silence) {
    try (Embedder embedder = open(server, key, silence)) {
      return embedder.embedPassages(FEW);
    }
  }

  private void failsToEmbed(Kind kind, Duration silence) {
    Failing.with(kind, () -> embed(KEY, silence));
  }

  @Test
  public void a_large_batch_is_cut_to_what_the_vendor_takes() {
    List<String> many =
        IntStream.range(0, 2_500).mapToObj(i -> "ferry number " + i + " of the harbour").toList();
    try (Embedder embedder = open()) {
      List<float[]> vectors = embedder.embedPassages(many);

      assertThat(vectors).hasSize(many.size());
      for (int i = 0; i < many.size(); i += 499) {
        assertThat(vectors.get(i)).isEqualTo(embedder.embedPassages(List.of(many.get(i))).get(0));
      }
    }
  }

  @Test
  public void a_text_of_more_tokens_than_estimated_is_cut_further() {
    Random random = new Random(7);
    String gibberish =
        random
            .ints(30_000, 'a', 'z' + 1)
            .mapToObj(c -> String.valueOf((char) c))
            .collect(Collectors.joining());
    try (Embedder embedder = open()) {
      assertThat(embedder.embedPassages(List.of("words", gibberish))).hasSize(2);
    }
  }

  @Test
  public void embeddings_find_their_texts_in_any_order() {
    Assumptions.assumeTrue(saysWhichIsWhich(), "only where the protocol says which is which");
    List<float[]> inOrder = embed(KEY, PATIENCE);
    server.onEmbeddings(new Fault.Reorders());

    List<float[]> reordered = embed(KEY, PATIENCE);

    for (int i = 0; i < FEW.size(); i++) {
      assertThat(reordered.get(i)).isEqualTo(inOrder.get(i));
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.Lie.class)
  public void embeddings_that_cannot_be_right_are_refused(Fault.Lie lie) {
    boolean aboutPlaces = lie == Fault.Lie.FOREIGN_INDEX || lie == Fault.Lie.SAME_INDEX_TWICE;
    Assumptions.assumeTrue(saysWhichIsWhich() || !aboutPlaces, "only where there are places");
    server.onEmbeddings(new Fault.Lies(lie));

    failsToEmbed(Kind.CORRUPT_DATA, PATIENCE);
  }

  @Test
  public void what_cannot_be_read_is_refused() {
    server.onEmbeddings(new Fault.SpeaksNonsense());

    failsToEmbed(Kind.CORRUPT_DATA, PATIENCE);
  }

  @Test
  public void a_storm_of_refusals_passes() {
    server.onEmbeddings(new Fault.Throttles("0"), new Fault.Refuses(503, ""));

    assertThat(embed(KEY, PATIENCE)).hasSize(FEW.size());
    assertThat(server.received()).hasSize(3);
  }

  @Test
  public void whoever_is_asked_to_wait_for_long_is_told_so_at_once() {
    server.onEmbeddings(new Fault.Throttles("120"));

    Failing.withWait(Kind.RATE_LIMITED, Duration.ofMinutes(2), () -> embed(KEY, PATIENCE));
    assertThat(server.received()).hasSize(1);
  }

  @Test
  public void a_silent_server_is_not_waited_for() {
    server.onEmbeddings(new Fault.Hangs(), new Fault.StallsAfter(1));

    failsToEmbed(Kind.TIMEOUT, SILENCE);
    failsToEmbed(Kind.TIMEOUT, SILENCE);
  }

  @Test
  public void a_wrong_key_is_said_to_be_wrong() {
    Failing.with(Kind.CREDENTIALS_REJECTED, () -> embed("sk-quartz", PATIENCE));
  }

  @Test
  public void a_model_that_is_not_there_is_a_wrong_setting() {
    server.without(modelName());

    failsToEmbed(Kind.INVALID_CONFIGURATION, PATIENCE);
  }

  @Test
  public void a_redirect_is_not_followed() {
    try (ModelServer elsewhere = ModelServer.start()) {
      server.onEmbeddings(new Fault.Redirects(elsewhere.openAiUrl() + "/embeddings"));

      failsToEmbed(Kind.INVALID_CONFIGURATION, PATIENCE);
      assertThat(elsewhere.received()).isEmpty();
    }
  }

  @Test
  public void a_server_that_is_not_there_is_unavailable() {
    server.close();

    failsToEmbed(Kind.UNAVAILABLE, PATIENCE);
  }
}
