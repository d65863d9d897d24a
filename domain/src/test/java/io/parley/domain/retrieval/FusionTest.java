package io.parley.domain.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.parley.domain.document.ChunkId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FusionTest {

  @Test
  void whatBothArmsFindComesBeforeWhatOneFinds() {
    assertThat(
            ids(
                Fusion.BALANCED.fuse(
                    List.of(chunk(1, 0.9), chunk(2, 0.8), chunk(3, 0.1)),
                    List.of(chunk(4, 20), chunk(2, 18), chunk(5, 1)),
                    10)))
        .startsWith(id(2));
  }

  @Test
  void anEmptyArmLeavesTheOrderOfTheOther() {
    List<ScoredChunk> arm = List.of(chunk(3, -0.1), chunk(1, -0.4), chunk(2, -0.9));
    assertThat(ids(new Fusion(0.2).fuse(arm, List.of(), 10))).isEqualTo(ids(arm));
    assertThat(ids(new Fusion(0.8).fuse(List.of(), arm, 10))).isEqualTo(ids(arm));
    assertThat(new Fusion(0.2).fuse(arm, List.of(), 10).getFirst().score()).isEqualTo(1);
    assertThat(Fusion.BALANCED.fuse(List.of(), List.of(), 10)).isEmpty();
  }

  @Test
  void whatTheWordsAloneAreSureOfIsAmongTheFirst() {
    List<ScoredChunk> meaning =
        IntStream.range(0, 60).mapToObj(i -> chunk(i, 0.8 - i * 0.01)).toList();
    List<ScoredChunk> words = new ArrayList<>(List.of(chunk(99, 21)));
    IntStream.range(0, 60).forEach(i -> words.add(chunk(i, 3 + i * 0.02)));
    assertThat(ids(Fusion.BALANCED.fuse(meaning, words, 120)).indexOf(id(99))).isLessThan(5);
  }

  @Test
  void whatTheVectorsAloneAreSureOfIsAmongTheFirst() {
    List<ScoredChunk> words = IntStream.range(0, 60).mapToObj(i -> chunk(i, 9 - i * 0.1)).toList();
    List<ScoredChunk> meaning = new ArrayList<>(List.of(chunk(99, 0.9)));
    IntStream.range(0, 60).forEach(i -> meaning.add(chunk(i, 0.2 + i * 0.001)));
    assertThat(ids(Fusion.BALANCED.fuse(meaning, words, 120)).indexOf(id(99))).isLessThan(5);
  }

  @Test
  void equalScoresAreOrderedById() {
    List<ScoredChunk> arm = new ArrayList<>(List.of(chunk(3, 1), chunk(1, 1), chunk(2, 1)));
    assertThat(ids(Fusion.BALANCED.fuse(arm, arm, 10))).containsExactly(id(1), id(2), id(3));
  }

  @Test
  void aChunkThatAnArmReturnsTwiceCountsOnce() {
    List<ScoredChunk> twice = List.of(chunk(1, 5), chunk(1, 5), chunk(2, 1));
    assertThat(Fusion.BALANCED.fuse(twice, twice, 10)).containsExactly(chunk(1, 1), chunk(2, 0));
  }

  @Test
  void noMoreThanWantedComesOut() {
    List<ScoredChunk> arm = List.of(chunk(1, 3), chunk(2, 2), chunk(3, 1));
    assertThat(ids(Fusion.BALANCED.fuse(arm, arm, 2))).containsExactly(id(1), id(2));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void aWeightOutsideItsRangeIsRefused(double weight) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Fusion(weight));
  }

  @RepeatedTest(200)
  void everyIdComesOutOnceInOneOrderWithScoresFromNoughtToOne(RepetitionInfo run) {
    Random random = new Random(run.getCurrentRepetition());
    List<ScoredChunk> vectors = arm(random, 2, -1);
    List<ScoredChunk> words = arm(random, 30, 0);
    Fusion fusion = new Fusion(random.nextDouble());
    List<ScoredChunk> fused = fusion.fuse(vectors, words, 1_000);
    Set<ChunkId> given = new HashSet<>(ids(vectors));
    given.addAll(ids(words));
    assertThat(ids(fused)).doesNotHaveDuplicates().hasSameElementsAs(given);
    assertThat(fused).isSortedAccordingTo(ScoredChunk.BEST_FIRST);
    assertThat(fused).allMatch(c -> c.score() >= 0 && c.score() <= 1 + 1e-12);
    Collections.shuffle(vectors, random);
    Collections.shuffle(words, random);
    assertThat(fusion.fuse(vectors, words, 1_000)).isEqualTo(fused);
  }

  private static List<ScoredChunk> arm(Random random, double spread, double lowest) {
    List<ScoredChunk> arm = new ArrayList<>();
    Stream.generate(() -> random.nextInt(80))
        .limit(random.nextInt(40))
        .distinct()
        .forEach(i -> arm.add(chunk(i, lowest + spread * random.nextInt(20) / 20)));
    arm.sort(ScoredChunk.BEST_FIRST);
    return arm;
  }

  private static List<ChunkId> ids(List<ScoredChunk> chunks) {
    return chunks.stream().map(ScoredChunk::id).toList();
  }

  private static ChunkId id(int n) {
    return new ChunkId(new UUID(0, n));
  }

  private static ScoredChunk chunk(int n, double score) {
    return new ScoredChunk(id(n), score);
  }
}
