package io.parley.application.document;

import io.parley.application.background.WorkSignal;
import io.parley.domain.access.BotScope;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.Progress;
import io.parley.domain.document.Step;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.port.persistence.ChangeLog;
import io.parley.domain.port.persistence.IngestionRepository;
import io.parley.domain.port.persistence.IngestionRepository.Work;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The third step: chunks get their embeddings, those that have none, and the log its entry. It says
 * how long it still takes, because one batch takes about as long as the next.
 */
final class EmbedChunks {
  private static final int CHUNKS_AT_ONCE = 64;

  private final IngestionRepository ingestion;
  private final ChangeLog log;
  private final Embedder embedder;
  private final WorkSignal indexSignal;

  EmbedChunks(
      IngestionRepository ingestion, ChangeLog log, Embedder embedder, WorkSignal indexSignal) {
    this.ingestion = ingestion;
    this.log = log;
    this.embedder = embedder;
    this.indexSignal = indexSignal;
  }

  void run(Turn turn, BotScope scope, Work work) {
    Pace pace = new Pace(turn.now());
    for (List<Chunk> chunks = next(scope, work); !chunks.isEmpty(); chunks = next(scope, work)) {
      Map<ChunkId, float[]> embeddings = embed(chunks);
      int done = chunks.getLast().ordinal() + 1;
      int left = work.chunkCount() - done;
      Progress progress =
          new Progress(
              Step.SPLIT, done, work.chunkCount(), pace.remaining(chunks.size(), left, turn.now()));
      turn.keep(() -> {
        ingestion.addEmbeddings(scope, embedder.model(), embeddings);
        ingestion.progress(scope, work.ref(), progress);
      });
      if (left > 0) {
        turn.between(chunks.size());
      }
    }
    turn.keep(() ->
        log.versionAdded(scope, work.ref())
            .ifPresent(entry -> ingestion.embedded(scope, work.ref(), entry.position())));
    indexSignal.raise();
  }

  private List<Chunk> next(BotScope scope, Work work) {
    return ingestion.chunksToEmbed(scope, work.ref(), embedder.model(), CHUNKS_AT_ONCE);
  }

  private Map<ChunkId, float[]> embed(List<Chunk> chunks) {
    List<float[]> vectors =
        embedder.embedPassages(chunks.stream().map(Chunk::embeddingText).toList());
    if (vectors.size() != chunks.size()) {
      throw new PortFailure(
          PortFailure.Kind.CORRUPT_DATA,
          embedder.model().name(),
          "The embedding model returned "
              + vectors.size()
              + " vectors for "
              + chunks.size()
              + " texts.",
          null);
    }
    Map<ChunkId, float[]> embeddings = new LinkedHashMap<>();
    for (int i = 0; i < chunks.size(); i++) {
      embeddings.put(chunks.get(i).id(), EmbeddingCheck.checked(vectors.get(i), embedder.model()));
    }
    return embeddings;
  }
}
