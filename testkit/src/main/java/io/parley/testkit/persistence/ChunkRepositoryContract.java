package io.parley.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.Document;
import io.parley.domain.document.SourceType;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.ChunkRepository;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.retrieval.FoundChunk;
import io.parley.testkit.Scopes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ChunkRepository} does. */
public abstract class ChunkRepositoryContract {

  private BotKnowledge bot;

  /** The database under test. */
  protected abstract Persistence persistence();

  @BeforeEach
  void freshBot() {
    bot = BotKnowledge.in(persistence());
  }

  private ChunkRepository chunks() {
    return persistence().chunks();
  }

  private static List<ChunkId> ids(List<Chunk> chunks) {
    return chunks.stream().map(Chunk::id).toList();
  }

  @Test
  void findsServingChunksInTheOrderAskedFor() {
    Document document = bot.add("a.txt");
    List<Chunk> served = bot.complete(document.ref(), "one", "two 🙂", "three");
    List<ChunkId> asked =
        List.of(served.get(2).id(), new ChunkId(UUID.randomUUID()), served.get(1).id());

    assertThat(chunks().find(bot.scope(), asked).values())
        .containsExactly(
            new FoundChunk(
                served.get(2),
                SourceType.DOCUMENT,
                document.name(),
                "Page one",
                BotKnowledge.METADATA),
            new FoundChunk(
                served.get(1),
                SourceType.DOCUMENT,
                document.name(),
                "Page one",
                BotKnowledge.METADATA));
    assertThat(chunks().find(bot.scope(), List.of())).isEmpty();
  }

  @Test
  void findsNothingOfAVersionThatDoesNotServe() {
    Document document = bot.add("a.txt");
    bot.embed(document.ref(), "one");
    List<ChunkId> ids = ids(BotKnowledge.chunks(document.ref(), "one"));
    assertThat(chunks().find(bot.scope(), ids)).isEmpty();
    assertThat(chunks().findCited(bot.scope(), ids)).isEmpty();
  }

  @Test
  void keepsReplacedChunksForWhatCitesThem() {
    Document document = bot.add("a.txt");
    List<ChunkId> old = ids(bot.complete(document.ref(), "one"));
    VersionRef second = bot.addVersion(document.id(), "b.txt");
    List<ChunkId> now = ids(bot.complete(second, "uno"));
    VersionRef third = bot.addVersion(document.id(), "c.txt");
    List<ChunkId> next = ids(bot.split(third, "eins"));

    assertThat(chunks().find(bot.scope(), old)).isEmpty();
    assertThat(chunks().find(bot.scope(), now)).hasSize(1);
    assertThat(chunks().findCited(bot.scope(), old)).hasSize(1);
    assertThat(chunks().findCited(bot.scope(), now)).hasSize(1);
    assertThat(chunks().findCited(bot.scope(), next)).isEmpty();
  }

  @Test
  void namesTheSourcesThatNothingCanBeShownOf() {
    Document serving = bot.add("a.txt");
    List<ChunkId> ids = new ArrayList<>(ids(bot.complete(serving.ref(), "one")));
    ids.addAll(ids(bot.split(bot.addVersion(serving.id(), "b.txt"), "uno")));
    Document waiting = bot.add("c.txt");
    ids.addAll(ids(bot.split(waiting.ref(), "eins", "zwei")));
    Document erased = bot.add("d.txt");
    ids.addAll(ids(bot.complete(erased.ref(), "un")));
    persistence().documents().tombstone(bot.scope(), erased.id(), BotKnowledge.NOW);
    ids.add(new ChunkId(UUID.randomUUID()));

    assertThat(chunks().unserved(bot.scope(), ids))
        .containsExactlyInAnyOrder(waiting.id(), erased.id());
    assertThat(chunks().unserved(bot.scope(), List.of())).isEmpty();
    bot.foreignScopes().forEach(foreign -> assertThat(chunks().unserved(foreign, ids)).isEmpty());
    persistence().bots().tombstone(bot.scope(), BotKnowledge.NOW);
    assertThat(chunks().unserved(bot.scope(), ids)).contains(serving.id());
  }

  @Test
  void findsNothingOfATombstonedSource() {
    Document document = bot.add("a.txt");
    List<ChunkId> ids = ids(bot.complete(document.ref(), "one"));
    persistence().documents().tombstone(bot.scope(), document.id(), BotKnowledge.NOW);
    assertNothing(bot.scope(), ids);
  }

  @Test
  void findsNothingOfATombstonedBot() {
    List<ChunkId> ids = ids(bot.complete(bot.add("a.txt").ref(), "one"));
    persistence().bots().tombstone(bot.scope(), BotKnowledge.NOW);
    assertNothing(bot.scope(), ids);
  }

  @Test
  void findsNothingInAForeignScope() {
    List<ChunkId> ids = ids(bot.complete(bot.add("a.txt").ref(), "one"));
    bot.foreignScopes().forEach(foreign -> assertNothing(foreign, ids));
  }

  private void assertNothing(BotScope scope, List<ChunkId> ids) {
    assertThat(chunks().find(scope, ids)).isEmpty();
    assertThat(chunks().findCited(scope, ids)).isEmpty();
  }

  @Test
  void refusesMoreThanAThousandIdsAndAScopeWithoutThePermission() {
    List<ChunkId> many = Collections.nCopies(1_001, new ChunkId(UUID.randomUUID()));
    BotScope writing = Scopes.withOnly(bot.scope(), Permission.WRITE);
    assertThatIllegalArgumentException().isThrownBy(() -> chunks().find(bot.scope(), many));
    assertThatIllegalStateException().isThrownBy(() -> chunks().find(writing, List.of()));
    assertThatIllegalStateException().isThrownBy(() -> chunks().findCited(writing, List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> chunks().unserved(bot.scope(), many));
    assertThatIllegalStateException().isThrownBy(() -> chunks().unserved(writing, List.of()));
  }
}
