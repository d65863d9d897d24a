package io.parley.domain.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.SourceType;
import io.parley.domain.document.TextSpan;
import io.parley.domain.document.VersionRef;
import io.parley.domain.retrieval.FoundChunk;
import io.parley.domain.retrieval.SearchHit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CitationWriterTest {
  private static final String FERRY =
      "The Marigold carries 412 passengers. Her master is Ines Falk. She sails at dawn.";
  private static final String BREAD = "Rye starter is fed twice a day. Bake at 240 degrees.";

  private final List<String> pieces = new ArrayList<>();
  private final CitationWriter writer =
      new CitationWriter(List.of(passage(1, FERRY), passage(2, BREAD)), pieces::add);

  @Test
  void aSupportedMarkerBecomesACitationOfTheSentenceThatSupportsIt() {
    writer.accept("The Marigold carries 412 passengers [1].");
    writer.finish();

    assertThat(writer.text()).isEqualTo("The Marigold carries 412 passengers [1].");
    assertThat(quotes()).containsExactly("The Marigold carries 412 passengers.");
  }

  @Test
  void aMarkerWhosePassageDoesNotSupportTheSentenceIsDropped() {
    writer.accept("The Marigold carries 412 passengers [2]. Her master is Ines Falk. [1]");
    writer.finish();

    assertThat(writer.text())
        .isEqualTo("The Marigold carries 412 passengers. Her master is Ines Falk. [1]");
    assertThat(quotes()).containsExactly("Her master is Ines Falk.");
  }

  @Test
  void aWrongNumberIsNotSupported() {
    writer.accept("The Marigold carries 500 passengers [1].");
    writer.finish();

    assertThat(writer.citations()).isEmpty();
    assertThat(writer.text()).isEqualTo("The Marigold carries 500 passengers.");
  }

  @Test
  void citationsAreNumberedAnewInTheOrderOfTheText() {
    writer.accept("Bake at 240 degrees [2]. She sails at dawn [1]. Bake at 240 degrees [2].");
    writer.finish();

    assertThat(writer.text())
        .isEqualTo("Bake at 240 degrees [1]. She sails at dawn [2]. Bake at 240 degrees [1].");
    assertThat(writer.citations()).extracting(CitationRef::index).containsExactly(1, 2);
  }

  @Test
  void markersInARowShareTheSentenceBeforeThem() {
    writer.accept("The Marigold carries 412 passengers [2][1], [1, 7].");
    writer.finish();

    assertThat(writer.text()).isEqualTo("The Marigold carries 412 passengers[1], [1].");
  }

  @Test
  void textIsPassedOnAsItComesAndHeldOnlyInsideAMarker() {
    "She sails at dawn [1]. Ok".chars().forEach(c -> writer.accept(Character.toString(c)));
    assertThat(String.join("", pieces)).isEqualTo("She sails at dawn [1]. Ok");
    assertThat(pieces).hasSizeGreaterThan(15).contains(" [1]");
  }

  @Test
  void whatOnlyLooksLikeAMarkerStays() {
    writer.accept("An [aside], a [link](x), [[1], an open [ and [");
    writer.finish();

    assertThat(writer.text()).isEqualTo("An [aside], a [link](x), [, an open [ and [");
  }

  @Test
  void anUnknownPassageIsDropped() {
    writer.accept("She sails at dawn [9].");
    writer.finish();

    assertThat(writer.text()).isEqualTo("She sails at dawn.");
  }

  private List<String> quotes() {
    return writer.citations().stream()
        .map(c -> c.quote().of(c.chunk().equals(id(1)) ? FERRY : BREAD))
        .toList();
  }

  private static ChunkId id(int n) {
    return ChunkId.of(new VersionRef(new SourceId(new UUID(0, n)), 1), 0);
  }

  private static Passage passage(int n, String text) {
    VersionRef ref = new VersionRef(new SourceId(new UUID(0, n)), 1);
    Chunk chunk = new Chunk(id(n), ref, 0, 1, new TextSpan(0, text.length()), null, text);
    return new Passage(
        n,
        new SearchHit(
            new FoundChunk(
                chunk, SourceType.DOCUMENT, new DocumentName("a.txt"), null, Metadata.EMPTY),
            1));
  }
}
