package io.parley.bootstrap.server;

import io.parley.adapter.web.health.ReadinessProbe;
import io.parley.application.Parley;
import io.parley.domain.port.storage.BlobStoreSetup;
import io.parley.domain.port.vectorstore.IndexFollower;
import java.util.List;

/** Asks each backend beside the database whether it can be worked with; loads no model. */
final class Readiness {

  private Readiness() {}

  static List<ReadinessProbe> probes(
      Parley parley, IndexFollower<?> vectors, IndexFollower<?> words, BlobStoreSetup blobs) {
    return List.of(
        new Probe("vector_store", () -> readable(vectors, parley::requireVectors)),
        new Probe("keyword_index", () -> readable(words, parley::requireWords)),
        new Probe("blob_store", blobs::requireUsable));
  }

  private static void readable(IndexFollower<?> index, Runnable requireWhole) {
    index.count();
    requireWhole.run();
  }

  private record Probe(String name, Runnable question) implements ReadinessProbe {
    @Override
    public boolean needed() {
      return true;
    }

    @Override
    public void check() {
      question.run();
    }
  }
}
