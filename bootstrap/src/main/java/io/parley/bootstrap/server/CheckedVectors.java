package io.parley.bootstrap.server;

import io.parley.application.check.Probe;
import io.parley.application.check.Subject;
import io.parley.application.check.VectorStoreProbe;
import io.parley.bootstrap.settings.Settings;
import io.parley.bootstrap.settings.VectorSettings;
import io.parley.domain.port.IdSource;
import io.parley.domain.retrieval.Generation;
import io.parley.domain.retrieval.GenerationId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The vector stores that the settings name, whichever a generation uses. Each is tried with a
 * generation of its own, of the dimension of the embedding model.
 */
record CheckedVectors(Settings settings, Path scratch, IndexDatabase database) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A further store is a name here. */
  List<Probe> probes() {
    VectorSettings vectors = settings.vectors();
    List<Probe> probes = new ArrayList<>();
    if (vectors.chosen().equals("embedded")) {
      probes.add(
          probe(
              "embedded",
              "embedded vectors",
              "Check PARLEY_DATA_DIR, its permissions and the space on its disk."));
    }
    if (vectors.chosen().equals("pgvector")) {
      probes.add(
          probe(
              "pgvector",
              "pgvector",
              "Check DATABASE_URL and the rights of its user; docs/setup/postgresql.md says how it is"
                  + " set up."));
    }
    if (vectors.qdrantUrl() != null) {
      probes.add(
          probe(
              "qdrant",
              "Qdrant",
              "Check QDRANT_URL and QDRANT_API_KEY; docs/setup/qdrant.md says how it is set up."));
    }
    if (vectors.pineconeKey() != null) {
      probes.add(
          probe(
              "pinecone",
              "Pinecone",
              "Check PINECONE_API_KEY, PINECONE_CLOUD and PINECONE_REGION;"
                  + " docs/setup/pinecone.md says how it is set up."));
    }
    return probes;
  }

  private Probe probe(String store, String name, String remedy) {
    VectorStores stores =
        new VectorStores(settings.vectors(), new DataDirectory(scratch), database);
    GenerationId id = new GenerationId(UUID.randomUUID());
    Map<String, String> place = stores.placeOf(store, id);
    Generation generation =
        new Generation(
            id,
            settings.models().embedding(),
            store,
            place,
            Generation.State.BUILDING,
            Instant.now());
    return new VectorStoreProbe(
        new Subject(name, remedy),
        place.isEmpty()
            ? "the index in " + scratch
            : place.values().iterator().next() + " in " + name,
        generation.model().dimension(),
        IdSource.random(),
        () -> stores.open(generation),
        PATIENCE);
  }
}
