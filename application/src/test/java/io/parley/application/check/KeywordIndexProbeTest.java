package io.parley.application.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.application.Bent;
import io.parley.domain.access.BotScope;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.port.vectorstore.KeywordIndex;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.ScoredChunk;
import io.parley.testkit.vectorstore.InMemoryKeywordIndex;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Each thing that is tried on a keyword index is shown to fail once. */
class KeywordIndexProbeTest {
  private InMemoryKeywordIndex sound = new InMemoryKeywordIndex();

  private static Tried tried(Supplier<KeywordIndex> opener) {
    return Tried.on(
        new KeywordIndexProbe(Tried.SUBJECT, "the index of the test", IdSource.random(), opener));
  }

  private Tried bent(String method, Bent.Bend bend) {
    sound = new InMemoryKeywordIndex();
    return tried(() -> Bent.port(KeywordIndex.class, sound, method, bend));
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
  void aSoundIndexPassesAndKeepsNothing() {
    tried(() -> sound).assertSound();
    assertThat(sound.count()).isZero();
  }

  @Test
  void anIndexThatDoesNotOpenCarriesAllAndLeavesNothing() {
    Tried tried =
        tried(() -> {
          throw new PortFailure(
              PortFailure.Kind.INVALID_CONFIGURATION, "x", "The user may not make it.", null);
        });

    tried.assertFails("create an index", "may not make it");
    assertThat(tried.report().count("skipped")).isEqualTo(8);
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
    bent("count", (_, right) -> (long) right.call() + 1)
        .assertFails("create an index", "not empty");
  }

  @Test
  void wordsThatAreLostAreNoticed() {
    bent("apply", (arguments, right) -> adds(arguments, 1) ? null : right.call())
        .assertFails("write the words of one text", "counts 0");
    bent("apply", (arguments, right) -> adds(arguments, 250) ? null : right.call())
        .assertFails("write many", "counts 1");
  }

  @Test
  void aTextThatIsNotFoundByItsWordIsNoticed() {
    bent("search", (_, right) -> chunks(right.call()).stream().skip(1).toList())
        .assertFails("search", "it alone");
  }

  @Test
  void aTextThatIsFoundByTheWordOfAnotherIsNoticed() {
    bent(
            "search",
            (arguments, right) -> {
              arguments[1] = SampleWords.IN_ALL;
              return right.call();
            })
        .assertFails("search", "it alone");
  }

  @Test
  void resultsThatAreNotTheBestFirstAreNoticed() {
    bent("search", (_, right) -> chunks(right.call()).reversed())
        .assertFails("search", "not the best first");
  }

  @Test
  void anIndexThatMixesBotsIsNoticed() {
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
    bent(
            "search",
            (arguments, right) -> {
              arguments[3] = Filter.NONE;
              return right.call();
            })
        .assertFails("filter", "that do not pass");
  }

  @Test
  void whatCannotBeReadBackIsNoticed() {
    bent("chunksOf", (_, _) -> Set.of()).assertFails("read back", "read back");
    bent("held", (_, _) -> Map.of()).assertFails("read back", "missing");
  }

  @Test
  void aDeletionThatIsNotMadeIsNoticed() {
    bent("apply", (arguments, right) -> removes(arguments) ? null : right.call())
        .assertFails("delete", "still found");
  }

  @Test
  void anIndexThatStaysIsNoticedAndNamed() {
    bent("drop", (_, _) -> null).assertFails("remove the index", "still answers");

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
