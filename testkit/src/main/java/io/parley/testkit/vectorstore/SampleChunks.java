package io.parley.testkit.vectorstore;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.SourceType;
import io.parley.domain.document.VersionRef;
import io.parley.domain.retrieval.ChunkAttributes;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.IndexedWords;
import io.parley.domain.retrieval.LogPosition;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;

/** Chunks as indexes get them. */
public final class SampleChunks {

  /** When samples were uploaded. */
  public static final Instant UPLOADED = Instant.parse("2026-03-04T05:06:07.890Z");

  private SampleChunks() {}

  /** The first version of a new source. */
  public static VersionRef newVersion() {
    return new VersionRef(new SourceId(UUID.randomUUID()), 1);
  }

  /** A PDF in English without metadata. */
  public static ChunkAttributes attributes(BotScope scope, VersionRef ref) {
    return attributes(scope, ref, Metadata.EMPTY);
  }

  /** A PDF in English. */
  public static ChunkAttributes attributes(BotScope scope, VersionRef ref, Metadata metadata) {
    return new ChunkAttributes(
        scope.tenant(),
        scope.bot(),
        ref,
        SourceType.DOCUMENT,
        "application/pdf",
        UPLOADED,
        "en",
        metadata);
  }

  /** A chunk with its vector. */
  public static IndexedVector vector(ChunkAttributes attributes, int ordinal, float... vector) {
    return new IndexedVector(ChunkId.of(attributes.ref(), ordinal), attributes, vector);
  }

  /** A chunk with its words, in the language of its source. */
  public static IndexedWords words(ChunkAttributes attributes, int ordinal, String words) {
    ChunkId id = ChunkId.of(attributes.ref(), ordinal);
    return new IndexedWords(id, attributes, words, attributes.language());
  }

  /** A vector of some direction and length. */
  public static float[] direction(int dimension, Random random) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }

  /** A position of the log, always with the same entry. */
  public static LogPosition position(long number) {
    return new LogPosition(number, new UUID(0x5EED, number));
  }
}
