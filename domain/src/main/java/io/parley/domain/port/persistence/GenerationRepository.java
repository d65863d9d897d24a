package io.parley.domain.port.persistence;

import io.parley.domain.retrieval.Generation;
import java.util.List;
import java.util.function.Supplier;

/** The generations: maintenance, the same for all tenants. */
public interface GenerationRepository {

  /** The serving generation, made by {@code make} exactly once when there is none. */
  Generation servingOrCreate(Supplier<Generation> make);

  /** All that are not removed, newest first. */
  List<Generation> all();
}
