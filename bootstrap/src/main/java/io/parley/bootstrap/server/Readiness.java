package io.parley.bootstrap.server;

import io.parley.adapter.web.health.ReadinessProbe;
import io.parley.application.Parley;
import io.parley.domain.port.storage.BlobStoreSetup;
import io.parley.domain.port.vectorstore.IndexFollower;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks each backend beside the database whether it can be worked with; loads no model. */
final class Readiness {

  private Readiness() {}

  static List<ReadinessProbe> probes(
      Parley parley,
      IndexFollower<?> words,
      BlobStoreSetup blobs,
      ChosenEmbedding embedding,
      @Nullable Runnable cache) {
    List<ReadinessProbe> probes = new ArrayList<>();
    probes.add(new Probe("vector_store", true, parley::requireVectors));
    probes.add(new Probe("keyword_index", true, () -> readable(words, parley::requireWords)));
    probes.add(new Probe("blob_store", true, blobs::requireUsable));
    if (!embedding.serves()) { // until everything was moved to it
      probes.add(new Probe("chosen_embedder", false, embedding::requireServing));
    }
    if (cache != null) {
      probes.add(new Probe("cache", false, cache)); // without it, slower
    }
    return List.copyOf(probes);
  }

  private static void readable(IndexFollower<?> index, Runnable requireWhole) {
    index.count();
    requireWhole.run();
  }

  private record Probe(String name, boolean needed, Runnable question) implements ReadinessProbe {
    @Override
    public void check() {
      question.run();
    }
  }
}
