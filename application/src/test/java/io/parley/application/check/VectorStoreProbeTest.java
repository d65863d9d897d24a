package io.parley.application.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.application.Bent;
import io.parley.domain.access.BotScope;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.LogPosition;
import io.parley.domain.retrieval.ScoredChunk;
import io.parley.testkit.vectorstore.InMemoryVectorStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Each thing that is tried on a vector store is shown to fail once. */
class VectorStoreProbeTest {
  private static final int DIMENSION = 16;
  private InMemoryVectorStore sound = new InMemoryVectorStore(DIMENSION);

  private static Tried tried(Supplier<VectorStore> opener) {
    return Tried.on(
        new VectorStoreProbe(
            Tried.SUBJECT,
            "the index of the test",
            DIMENSION,
            IdSource.random(),
            opener,
            Duration.ofMillis(50)));
  }

  private Tried bent(String method, Bent.Bend bend) {
    sound = new InMemoryVectorStore(DIMENSION);
    return tried(() -> Bent.port(VectorStore.class, sound, method, bend));
  }

  @SuppressWarnings("unchecked")
  private static List<ScoredChunk> chunks(Object found) {
    return (List<ScoredChunk>) found;
  }

  /** The change of an apply, when it adds that many. */
  private static boolean adds(Object[] arguments, int count) {
    return arguments[0] instanceof List<?> changes
        && changes.getFirst() instanceof IndexChange.Add<?>(List<?> chunks)
        && chunks.size() == count;
  }

  private static boolean removes(Object[] arguments) {
    return arguments[0] instanceof List<?> changes
        && changes.getFirst() instanceof IndexChange.RemoveSource<?>;
  }

  @Test
  void aSoundStorePassesAndKeepsNothing() {
    tried(() -> sound).assertSound();
    assertThat(sound.count()).isZero();
  }

  @Test
  void aStoreThatDoesNotOpenCarriesAllAndLeavesNothing() {
    Tried tried =
        tried(() -> {
          throw new PortFailure(
              PortFailure.Kind.CREDENTIALS_REJECTED, "x", "It rejects the key.", null);
        });

    tried.assertFails("create an index", "rejects the key");
    assertThat(tried.report().count("skipped")).isEqualTo(9);
    assertThat(tried.report().leftBehind()).isEmpty();
  }

  @Test
  void anIndexThatMayHaveComeIntoBeingIsNamedWhenItCannotBeReached() {
    Tried tried =
        tried(() -> {
          throw new PortFailure(PortFailure.Kind.TIMEOUT, "x", "It does not answer.", null);
        });

    assertThat(tried.report().leftBehind()).containsExactly("the index of the test");
  }

  @Test
  void anIndexThatIsNotNewIsNoticed() {
    Tried tried = bent("count", (_, right) -> (long) right.call() + 1);

    tried.assertFails("create an index", "not empty");
  }

  @Test
  void aVectorThatIsKeptTwiceIsNoticed() {
    List<Object> adds = new ArrayList<>();
    Tried tried =
        bent(
            "apply",
            (arguments, right) -> {
              if (adds(arguments, 1)) {
                adds.add(arguments);
              }
              return adds.size() == 2 && adds(arguments, 1) ? twice(arguments) : right.call();
            });

    tried.assertFails("write one vector", "counts 2");
  }

  private Object twice(Object[] arguments) {
    SampleVectors others =
        new SampleVectors(OwnScope.fresh(IdSource.random()).bot(), DIMENSION, IdSource.random());
    sound.apply(List.of(new IndexChange.Add<>(others.first(1))), (LogPosition) arguments[1]);
    return null;
  }

  @Test
  void anUpsertThatIsLostIsNoticed() {
    Tried tried = bent("apply", (arguments, right) -> adds(arguments, 250) ? null : right.call());

    tried.assertFails("write many", "counts 1");
  }

  @Test
  void aVectorThatIsNotFoundFirstIsNoticed() {
    Tried tried = bent("search", (_, right) -> chunks(right.call()).stream().skip(1).toList());

    tried.assertFails("search", "search");
  }

  @Test
  void aScoreThatIsNoCosineIsNoticed() {
    Tried tried =
        bent(
            "search",
            (_, right) ->
                chunks(right.call()).stream()
                    .map(c -> new ScoredChunk(c.id(), 1 - c.score()))
                    .toList());

    tried.assertFails("search", "cosine of 1");
  }

  @Test
  void aStoreThatMixesBotsIsNoticed() {
    BotScope[] first = new BotScope[1];
    Tried tried =
        bent(
            "search",
            (arguments, right) -> {
              first[0] = first[0] == null ? (BotScope) arguments[0] : first[0];
              arguments[0] = first[0];
              return right.call();
            });

    tried.assertFails("search of another bot", "another one");
    assertThat(tried.of("search").status()).isEqualTo("passed");
  }

  @Test
  void anIgnoredFilterIsNoticed() {
    Tried tried =
        bent(
            "search",
            (arguments, right) -> {
              arguments[3] = Filter.NONE;
              return right.call();
            });

    tried.assertFails("filter", "that do not pass");
    assertThat(tried.of("search").status()).isEqualTo("passed");
  }

  @Test
  void aFilterThatCostsResultsIsNoticed() {
    Tried tried =
        bent(
            "search",
            (arguments, right) ->
                arguments[3].equals(Filter.NONE)
                    ? right.call()
                    : chunks(right.call()).subList(0, 7));

    tried.assertFails("filter", "gave 7");
  }

  @Test
  void whatCannotBeReadBackIsNoticed() {
    bent("chunksOf", (_, _) -> Set.of()).assertFails("read back", "read back");
    bent("held", (_, _) -> java.util.Map.of()).assertFails("read back", "missing");
  }

  @Test
  void aStoreThatTakesAnotherDimensionIsNoticed() {
    Tried tried = bent("apply", (arguments, right) -> isLonger(arguments) ? null : right.call());

    tried.assertFails("wrong dimension", "not refused");
  }

  @SuppressWarnings("unchecked")
  private static boolean isLonger(Object[] arguments) {
    IndexChange<IndexedVector> change =
        ((List<IndexChange<IndexedVector>>) arguments[0]).getFirst();
    return change instanceof IndexChange.Add<IndexedVector>(List<IndexedVector> chunks)
        && chunks.getFirst().vector().length > DIMENSION;
  }

  @Test
  void aDeletionThatIsNotMadeIsNoticed() {
    Tried tried = bent("apply", (arguments, right) -> removes(arguments) ? null : right.call());

    tried.assertFails("delete", "still found");
  }

  @Test
  void anIndexThatStaysIsNoticedAndNamed() {
    Tried ignored = bent("drop", (_, _) -> null);
    ignored.assertFails("remove the index", "still answers");

    Tried refused =
        bent(
            "drop",
            (_, _) -> {
              throw new PortFailure(
                  PortFailure.Kind.INVALID_CONFIGURATION, "x", "It may not remove it.", null);
            });
    refused.assertFails("remove the index", "may not remove");
    assertThat(refused.report().leftBehind()).containsExactly("the index of the test");
  }
}
