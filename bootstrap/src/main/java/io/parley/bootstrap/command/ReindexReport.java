package io.parley.bootstrap.command;

import io.parley.application.retrieval.GenerationProgress;
import io.parley.domain.retrieval.Generation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How far a generation is, for people and for programs. */
final class ReindexReport {
  static final String ID = "id";
  static final String STATE = "state";
  static final String MODEL = "model";
  static final String DIMENSION = "dimension";
  static final String STORE = "vector_store";
  static final String EMBEDDED = "embedded";
  static final String CHUNKS = "chunks";
  static final String POSITION = "position";
  static final String HEAD = "head";
  static final String REMAINING = "remaining_seconds";
  static final String FAILURE = "failure";

  private ReindexReport() {}

  /** What is shown while somebody waits. */
  static String sentence(GenerationProgress progress) {
    if (progress.failure() != null) {
      return "Waiting: " + progress.failure();
    }
    if (progress.embedded() < progress.chunks()) {
      Duration left = progress.remaining();
      return "Embedding: %d of %d chunks%s"
          .formatted(
              progress.embedded(),
              progress.chunks(),
              left == null ? "" : ", about " + inWords(left) + " to go");
    }
    return progress.position() < progress.head()
        ? "Indexing: %d of %d changes".formatted(progress.position(), progress.head())
        : "Comparing the index, and waiting for every server";
  }

  private static String inWords(Duration left) {
    return left.toMinutes() > 0 ? left.toMinutes() + " min" : Math.max(1, left.toSeconds()) + " s";
  }

  static Map<String, Object> asMap(GenerationProgress progress) {
    Generation generation = progress.generation();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(ID, generation.id().toString());
    map.put(STATE, ReindexWork.lower(generation.state()));
    map.put("embedder", generation.model().provider());
    map.put(MODEL, generation.model().name());
    map.put(DIMENSION, generation.model().dimension());
    map.put(STORE, generation.store());
    map.put(EMBEDDED, progress.embedded());
    map.put(CHUNKS, progress.chunks());
    map.put(POSITION, progress.position());
    map.put(HEAD, progress.head());
    if (progress.remaining() != null) {
      map.put(REMAINING, progress.remaining().toSeconds());
    }
    if (progress.failure() != null) {
      map.put(FAILURE, progress.failure());
    }
    return map;
  }
}
