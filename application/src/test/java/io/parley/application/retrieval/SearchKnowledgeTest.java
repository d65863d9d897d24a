package io.parley.application.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.application.Bench;
import io.parley.domain.access.BotScope;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.SourceType;
import io.parley.domain.document.TextSpan;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.ChunkRepository;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.retrieval.ChunkAttributes;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.FoundChunk;
import io.parley.domain.retrieval.Fusion;
import io.parley.domain.retrieval.IndexedWords;
import io.parley.domain.retrieval.LogPosition;
import io.parley.domain.retrieval.SearchMode;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SearchKnowledgeTest {
  private static final SourceId SOURCE = new SourceId(new UUID(4, 1));

  private final Bench bench = new Bench();

  @Test
  void aReplacementBetweenTheIndexesAndTheDatabaseIsFoundByAnotherLook() {
    Database database = new Database(2, () -> hold(2));
    hold(1);
    assertThat(search(database)).containsExactly("sails at 2");
    assertThat(database.reads).isEqualTo(2);
  }

  @Test
  void whatIsStaleForLongerCostsOneMoreLook() {
    Database database = new Database(2, () -> {});
    hold(1);
    assertThat(search(database)).isEmpty();
    assertThat(database.reads).isEqualTo(2);
  }

  private List<String> search(ChunkRepository database) {
    return new SearchKnowledge(
            bench.embedder, bench.vectors, bench.words, database, Fusion.BALANCED)
        .search(bench.scope, new SearchQuery("sails", 5, SearchMode.HYBRID, Filter.NONE)).stream()
            .map(hit -> hit.found().chunk().content())
            .toList();
  }

  private void hold(int version) {
    VersionRef ref = new VersionRef(SOURCE, version);
    ChunkAttributes attributes =
        new ChunkAttributes(
            bench.scope.tenant(),
            bench.scope.bot(),
            ref,
            SourceType.DOCUMENT,
            "text/plain",
            Instant.EPOCH,
            null,
            Metadata.EMPTY);
    bench.words.apply(
        List.of(
            new IndexChange.Add<>(
                List.of(
                    new IndexedWords(
                        ChunkId.of(ref, 0), attributes, "sails at " + version, null)))),
        new LogPosition(version, new UUID(5, version)));
  }

  /** Shows one version only; something happens before its first answer. */
  private static final class Database implements ChunkRepository {
    private final int serving;
    private final Runnable beforeFirst;
    int reads;

    Database(int serving, Runnable beforeFirst) {
      this.serving = serving;
      this.beforeFirst = beforeFirst;
    }

    @Override
    public Map<ChunkId, FoundChunk> find(BotScope scope, Collection<ChunkId> ids) {
      if (reads++ == 0) {
        beforeFirst.run();
      }
      VersionRef ref = new VersionRef(SOURCE, serving);
      String text = "sails at " + serving;
      Chunk chunk =
          new Chunk(ChunkId.of(ref, 0), ref, 0, 1, new TextSpan(0, text.length()), null, text);
      Map<ChunkId, FoundChunk> found = new HashMap<>();
      if (ids.contains(chunk.id())) {
        found.put(
            chunk.id(),
            new FoundChunk(
                chunk, SourceType.DOCUMENT, new DocumentName("a.txt"), null, Metadata.EMPTY));
      }
      return found;
    }

    @Override
    public Map<ChunkId, FoundChunk> findCited(BotScope scope, Collection<ChunkId> ids) {
      return find(scope, ids);
    }
  }
}
