package io.parley.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.port.persistence.GenerationRepository;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.retrieval.Generation;
import io.parley.domain.retrieval.GenerationId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every {@link GenerationRepository} does. Needs a database without generations. */
public abstract class GenerationRepositoryContract {

  /** The database under test. */
  protected abstract Persistence persistence();

  private GenerationRepository generations() {
    return persistence().generations();
  }

  @Test
  void makesTheFirstGenerationExactlyOnce() {
    assertThat(generations().all()).isEmpty();
    AtomicInteger made = new AtomicInteger();

    List<Generation> seen =
        Together.run(
            8,
            () ->
                generations()
                    .servingOrCreate(() -> {
                      made.incrementAndGet();
                      return generation();
                    }));

    assertThat(made).hasValue(1);
    assertThat(seen.stream().distinct()).hasSize(1);
    assertThat(generations().servingOrCreate(GenerationRepositoryContract::generation))
        .isEqualTo(seen.getFirst());
    assertThat(generations().all()).containsExactly(seen.getFirst());
    assertThat(seen.getFirst().model()).isEqualTo(BotKnowledge.MODEL);
    assertThat(seen.getFirst().settings()).containsEntry("index", "one");
  }

  private static Generation generation() {
    return new Generation(
        new GenerationId(UUID.randomUUID()),
        BotKnowledge.MODEL,
        "embedded",
        Map.of("index", "one"),
        Generation.State.SERVING,
        BotKnowledge.NOW);
  }
}
