package io.parley.testkit.memory;

import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.EmbeddingRepository;
import io.parley.domain.port.persistence.Inspection;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.testkit.memory.InMemoryKnowledge.Embedding;
import io.parley.testkit.memory.InMemoryKnowledge.EmbeddingKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The embeddings of each model in memory. */
final class InMemoryEmbeddingRepository implements EmbeddingRepository {

  private final InMemoryKnowledge knowledge;
  private final Inspection inspection;

  InMemoryEmbeddingRepository(InMemoryKnowledge knowledge, Inspection inspection) {
    this.knowledge = knowledge;
    this.inspection = inspection;
  }

  @Override
  public List<Chunk> lacking(EmbeddingModel model, @Nullable ChunkId after, int limit) {
    return knowledge.database.inTransaction(() ->
        inspection.expected(after, Long.MAX_VALUE, Integer.MAX_VALUE).stream()
            .filter(id -> !isEmbedded(id, model))
            .flatMap(id -> knowledge.chunks.get(id).stream())
            .limit(limit)
            .toList());
  }

  private boolean isEmbedded(ChunkId id, EmbeddingModel model) {
    return knowledge.embeddings.get(new EmbeddingKey(id, model)).isPresent();
  }

  @Override
  public List<Chunk> lackingOf(VersionRef ref, EmbeddingModel model, int limit) {
    return knowledge.database.inTransaction(() ->
        knowledge.sources.get(ref.source()).filter(knowledge::isVisible).stream()
            .flatMap(source -> knowledge.chunksOf(ref).stream())
            .filter(chunk -> !isEmbedded(chunk.id(), model))
            .limit(limit)
            .toList());
  }

  @Override
  public void keep(EmbeddingModel model, Map<ChunkId, float[]> embeddings) {
    if (embeddings.values().stream().anyMatch(vector -> vector.length != model.dimension())) {
      throw new IllegalArgumentException("An embedding has not the model's dimension.");
    }
    knowledge.database.run(() ->
        embeddings.forEach((id, vector) -> {
          if (knowledge.chunks.get(id).isPresent()) {
            knowledge.embeddings.put(
                new EmbeddingKey(id, model), new Embedding(id, model, vector.clone()));
          }
        }));
  }

  @Override
  public Coverage coverage(EmbeddingModel model) {
    return knowledge.database.inTransaction(() -> {
      List<ChunkId> expected = inspection.expected(null, Long.MAX_VALUE, Integer.MAX_VALUE);
      long embedded = expected.stream().filter(id -> isEmbedded(id, model)).count();
      return new Coverage(embedded, expected.size());
    });
  }
}
