package io.parley.application.document;

import io.parley.application.background.WorkSignal;
import io.parley.application.retrieval.EmbeddedChunks;
import io.parley.domain.access.BotScope;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.Progress;
import io.parley.domain.document.Step;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.port.persistence.ChangeLog;
import io.parley.domain.port.persistence.IngestionRepository;
import io.parley.domain.port.persistence.IngestionRepository.Work;
import io.parley.domain.retrieval.EmbeddingModel;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The third step: chunks get their embeddings, those that have none, and the log its entry. It says
 * how long it still takes, because one batch takes about as long as the next.
 */
final class EmbedChunks {
  private final IngestionRepository ingestion;
  private final ChangeLog log;
  private final Supplier<Embedder> embedders;
  private final WorkSignal indexSignal;

  EmbedChunks(
      IngestionRepository ingestion,
      ChangeLog log,
      Supplier<Embedder> embedders,
      WorkSignal indexSignal) {
    this.ingestion = ingestion;
    this.log = log;
    this.embedders = embedders;
    this.indexSignal = indexSignal;
  }

  void run(Turn turn, BotScope scope, Work work) {
    Embedder embedder = embedders.get();
    Pace pace = new Pace(turn.now());
    for (List<Chunk> chunks = next(scope, work, embedder.model());
        !chunks.isEmpty();
        chunks = next(scope, work, embedder.model())) {
      Map<ChunkId, float[]> embeddings = EmbeddedChunks.of(chunks, embedder);
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

  private List<Chunk> next(BotScope scope, Work work, EmbeddingModel model) {
    return ingestion.chunksToEmbed(scope, work.ref(), model, EmbeddedChunks.AT_ONCE);
  }
}
