package io.parley.testkit.memory;

import io.parley.domain.port.persistence.GenerationRepository;
import io.parley.domain.retrieval.Generation;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The generations in memory. */
final class InMemoryGenerationRepository implements GenerationRepository {

  private final InMemoryKnowledge knowledge;

  InMemoryGenerationRepository(InMemoryKnowledge knowledge) {
    this.knowledge = knowledge;
  }

  private Optional<Generation> serving() {
    return knowledge.generations.first(kept -> kept.state() == Generation.State.SERVING);
  }

  @Override
  public Generation servingOrCreate(Supplier<Generation> make) {
    return knowledge.database.inTransaction(() ->
        serving()
            .orElseGet(() -> {
              Generation made = make.get();
              if (made.state() != Generation.State.SERVING) {
                throw new IllegalArgumentException("The first generation serves.");
              }
              knowledge.generations.put(made.id(), made);
              return made;
            }));
  }

  @Override
  public List<Generation> all() {
    return knowledge.database.inTransaction(() ->
        knowledge
            .generations
            .values()
            .sorted(Comparator.comparing(Generation::createdAt).reversed())
            .toList());
  }
}
