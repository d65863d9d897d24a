package io.parley.testkit.vectorstore;

import static io.parley.testkit.vectorstore.SampleChunks.attributes;
import static io.parley.testkit.vectorstore.SampleChunks.newVersion;
import static io.parley.testkit.vectorstore.SampleChunks.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.vectorstore.KeywordIndex;
import io.parley.domain.retrieval.ChunkAttributes;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.IndexedWords;
import io.parley.domain.retrieval.ScoredChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every keyword index does. */
public abstract class KeywordIndexContract extends FilterContract<IndexedWords, KeywordIndex> {

  private final VersionRef ref = newVersion();

  @Override
  protected final IndexedWords chunk(ChunkAttributes attributes, int ordinal) {
    return words(attributes, ordinal, "The lighthouse keeper wrote page " + ordinal + ".");
  }

  @Override
  protected final List<ScoredChunk> search(BotScope scope, int limit, Filter filter) {
    return index.search(scope, "lighthouse", limit, filter);
  }

  private void hold(String... texts) {
    List<IndexedWords> chunks = new ArrayList<>();
    for (int i = 0; i < texts.length; i++) {
      chunks.add(words(attributes(scope, ref), i, texts[i]));
    }
    add(1, chunks);
  }

  private List<Integer> find(String query) {
    return index.search(scope, query, 100, Filter.NONE).stream()
        .map(chunk -> ordinalOf(chunk.id()))
        .toList();
  }

  private int ordinalOf(ChunkId id) {
    return IntStream.range(0, 1_000)
        .filter(i -> ChunkId.of(ref, i).equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void onlyChunksWithAWordOfTheQueryAreFound() {
    hold("Sailors dread fog.", "Bakers love bread.", "Fog and bread.");

    assertThat(find("bread")).containsExactlyInAnyOrder(1, 2);
    assertThat(find("thunder")).isEmpty();
    assertThat(find("thunder fog")).containsExactlyInAnyOrder(0, 2);
  }

  @Test
  void moreOfTheWordsIsBetterAndScoresAreAboveZero() {
    hold("Fog came.", "Fog met bread.", "Nothing else.");

    List<ScoredChunk> found = index.search(scope, "fog bread", 10, Filter.NONE);

    assertThat(found).hasSize(2).allSatisfy(chunk -> assertThat(chunk.score()).isPositive());
    assertThat(ordinalOf(found.getFirst().id())).isEqualTo(1);
  }

  @Test
  void capitalLettersDoNotMatter() {
    hold("Doctor IMANI of the harbour.", "Somebody else.");

    assertThat(find("imani")).containsExactly(0);
    assertThat(find("Imani")).containsExactly(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"W3-1", "KX-4471-B", "Imani", "2026/17", "v2.31.7", "w3-1"})
  void inventedNamesAndNumbersComeFirst(String name) {
    List<String> texts =
        IntStream.range(0, 40)
            .mapToObj(i -> "Ward W3 has bed " + i + " and part KX-4472-C of v2 from 2026.")
            .collect(Collectors.toCollection(ArrayList::new));
    texts.add("Doctor Imani of W3-1 ordered KX-4471-B under 2026/17 with v2.31.7.");
    hold(texts.toArray(String[]::new));

    assertThat(find("Who knows " + name + "?").getFirst()).isEqualTo(40);
  }

  @Test
  void equalScoresComeInTheOrderOfTheirIds() {
    hold(IntStream.range(0, 50).mapToObj(_ -> "the same words").toArray(String[]::new));
    List<ChunkId> first =
        IntStream.range(0, 50).mapToObj(i -> ChunkId.of(ref, i)).sorted().limit(7).toList();

    assertThat(index.search(scope, "words", 7, Filter.NONE))
        .extracting(ScoredChunk::id)
        .containsExactlyElementsOf(first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bread AND NOT fog",
        "+bread -fog",
        "\"bread fog",
        "bread* ~2 ^5",
        "id:bread",
        "(bread OR",
        "bread] TO {",
        "bread \\",
        "' ; DROP bread --",
        "bread & | ! : * fog"
      })
  void aQueryHasNoSyntax(String query) {
    hold("Fresh bread.", "Some thick soup.");

    assertThat(find(query)).containsExactly(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "?!", "--", "\u0000", "\uD83D", "* *"})
  void aQueryWithoutAWordFindsNothing(String query) {
    hold("Fresh bread.", "?! -- *");

    assertThat(find(query)).isEmpty();
  }

  @Test
  void aVeryLongQueryIsAnswered() {
    hold("Fresh bread.", "Some soup.");
    String many =
        IntStream.range(0, 150_000).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));

    assertThat(find("bread " + many)).containsExactly(0);
    assertThat(find("bread ".repeat(200_000))).containsExactly(0);
    assertThat(find("x".repeat(1_000_000))).isEmpty();
  }

  @Test
  void everyLanguageIsFoundByItsExactWords() {
    String[][] samples = {
      {"de", "Die Häuser am Hafen", "Häuser"},
      {"fr", "Les chevaux mangent", "chevaux"},
      {"es", "Los canciones viejas", "canciones"},
      {"ar", "كتاب قديم في المكتبة", "كتاب"},
      {"hi", "पुराना पुस्तकालय", "पुस्तकालय"},
      {"xx", "Zorblat grumen", "grumen"}
    };
    List<IndexedWords> chunks = new ArrayList<>();
    for (int i = 0; i < samples.length; i++) {
      ChunkAttributes attributes = attributes(scope, ref);
      chunks.add(new IndexedWords(ChunkId.of(ref, i), attributes, samples[i][1], samples[i][0]));
    }
    add(1, chunks);

    for (int i = 0; i < samples.length; i++) {
      assertThat(find(samples[i][2])).as(samples[i][0]).containsExactly(i);
    }
  }

  @Test
  void aChunkWithoutWordsIsHeldAndNotFound() {
    hold("", "bread");

    assertThat(index.count()).isEqualTo(2);
    assertThat(find("bread")).containsExactly(1);
  }

  @Test
  void aDroppedIndexIsGoneWithAllThatItHeld() {
    hold("The lighthouse keeper wrote a page.");

    index.drop();

    assertThatExceptionOfType(PortFailure.class)
        .isThrownBy(() -> search(scope, 10, Filter.NONE))
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(PortFailure.Kind.UNAVAILABLE));
    assertThatCode(index::drop).doesNotThrowAnyException();
  }
}
