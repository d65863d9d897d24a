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
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CitationStreamTest {
  private static final List<Passage> PASSAGES =
      List.of(
          passage(1, "The Marigold carries 412 passengers. Her master is Ines Falk."),
          passage(2, "Rye starter is fed twice a day. Bake at 240 degrees."),
          passage(3, "کشتی صبح سویرے روانہ ہوتی ہے۔ اس کی ناخدا اینس فالک ہیں۔"),
          passage(4, "渡轮在黎明启航。船长是法尔克。"));

  /** What came of one model text. */
  private record Written(String text, List<CitationRef> citations) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The Marigold carries 412 passengers [1]. Bake at 240 degrees. [2] End.",
        "Her master is Ines Falk [2][1], [1, 2]; [1-2] [passage 1] [^1].",
        "کشتی صبح سویرے روانہ ہوتی ہے [3]۔ اس کی ناخدا اینس فالک ہیں۔ [۳]",
        "渡轮在黎明启航[4]。船长是法尔克。[4]",
        "- Bake at 240 degrees [2]\n- Ines Falk is master [1]\n\n| 412 passengers [1] | x [9] |",
        "```\nrow[1] = list[2][1]; // Bake at 240 degrees [2]\n```\nUse `row[1]` [1], ok [",
        "[[1]] [ [1] [1 [1]] [] [x[1]y] [1\n] [99999999999] [0] [1",
        "  [1]   [2]  text  [   ",
        "[aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa] Falk [1]"
      })
  void anySplitGivesTheSameTextAndCitations(String model) {
    Written whole = write(List.of(model));
    for (int seed = 0; seed < 100; seed++) {
      assertThat(write(split(model, new Random(seed)))).isEqualTo(whole);
    }
    assertThat(write(model.chars().mapToObj(Character::toString).toList())).isEqualTo(whole);
  }

  @Test
  void randomTextKeepsItsInvariants() {
    String alphabet = "[[]]]1234 ,-`\n.aFalk";
    for (int seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      StringBuilder model = new StringBuilder("Ines Falk is her master");
      for (int i = random.nextInt(60); i > 0; i--) {
        model.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      Written written = write(split(model.toString(), random));
      for (int i = 0; i < written.citations().size(); i++) {
        CitationRef ref = written.citations().get(i);
        assertThat(ref.index()).isEqualTo(i + 1);
        assertThat(written.text()).contains("[" + ref.index() + "]");
        assertThat(ref.quote().of(textOf(ref))).isNotBlank();
        assertThat(ref.score()).isBetween(QuoteFinder.THRESHOLD, 1.0);
      }
      assertThat(letters(written.text())).isEqualTo(letters(model.toString()));
    }
  }

  @Test
  void aMarkerStandsBeforeOrAfterTheFullStop() {
    assertThat(quotes(write(List.of("Bake at 240 degrees [2]. Her master is Ines Falk. [1]"))))
        .containsExactly("Bake at 240 degrees.", "Her master is Ines Falk.");
  }

  @Test
  void otherScriptsAreCited() {
    Written urdu = write(List.of("کشتی صبح سویرے روانہ ہوتی ہے [۳]۔"));
    assertThat(urdu.text()).isEqualTo("کشتی صبح سویرے روانہ ہوتی ہے [1]۔");
    assertThat(quotes(urdu)).containsExactly("کشتی صبح سویرے روانہ ہوتی ہے۔");
    assertThat(quotes(write(List.of("渡轮在黎明启航[4]。船长是法尔克。[4]"))))
        .containsExactly("渡轮在黎明启航。", "船长是法尔克。");
  }

  @Test
  void itemsOfAListAreClaimsOfTheirOwn() {
    Written list = write(List.of("Notes:\n- Bake at 240 degrees [2]\n- Sails at noon [1]\n"));
    assertThat(list.text()).isEqualTo("Notes:\n- Bake at 240 degrees [1]\n- Sails at noon\n");
  }

  @Test
  void anIndexInCodeIsNoMarker() {
    String code = "```\nlist[0] = row[1][2]\n```\nRead `list[0]` first.";
    assertThat(write(List.of(code)).text()).isEqualTo(code);
  }

  @Test
  void aMarkerInOrAfterCodeIsOne() {
    assertThat(write(List.of("`oven` Bake at 240 degrees [2].")).text())
        .isEqualTo("`oven` Bake at 240 degrees [1].");
    assertThat(write(List.of("an open ` stays\nBake at 240 degrees[2].")).text())
        .isEqualTo("an open ` stays\nBake at 240 degrees[1].");
    assertThat(write(List.of("```\nBake at 240 degrees [2]\n```")).text())
        .isEqualTo("```\nBake at 240 degrees [1]\n```");
  }

  @Test
  void markersInOtherSpellingsAreMarkers() {
    assertThat(write(List.of("Bake at 240 degrees [passage 2].")).text())
        .isEqualTo("Bake at 240 degrees [1].");
    assertThat(write(List.of("Bake at 240 degrees [1–3].")).text())
        .isEqualTo("Bake at 240 degrees [1].");
    assertThat(write(List.of("Bake at 240 degrees [1 and 2].")).text())
        .isEqualTo("Bake at 240 degrees [1].");
  }

  @Test
  void anIntervalThatNamesNoPassagesStays() {
    assertThat(write(List.of("A pH of [6-8] and [0-1].")).text())
        .isEqualTo("A pH of [6-8] and [0-1].");
  }

  @Test
  void whatIsStillHeldAtTheEndIsPassedOn() {
    assertThat(write(List.of("Ines Falk is master [1")).text()).isEqualTo("Ines Falk is master [1");
    assertThat(write(List.of("Ines Falk  ")).text()).isEqualTo("Ines Falk  ");
  }

  @Test
  void noMoreIsHeldThanALongMarker() {
    List<String> pieces = new ArrayList<>();
    CitationWriter writer = new CitationWriter(PASSAGES, pieces::add);
    writer.accept("[" + "x".repeat(100_000));
    assertThat(String.join("", pieces)).hasSizeGreaterThan(99_900);
  }

  private static String letters(String text) {
    return text.replaceAll("[^a-zA-Z]", "");
  }

  private static List<String> split(String text, Random random) {
    List<String> pieces = new ArrayList<>();
    for (int at = 0; at < text.length(); ) {
      int end = Math.min(text.length(), at + random.nextInt(9));
      pieces.add(text.substring(at, end));
      at = end;
    }
    return pieces;
  }

  private static Written write(List<String> pieces) {
    StringBuilder streamed = new StringBuilder();
    CitationWriter writer = new CitationWriter(PASSAGES, streamed::append);
    pieces.forEach(writer::accept);
    writer.finish();
    assertThat(streamed.toString()).isEqualTo(writer.text());
    return new Written(writer.text(), writer.citations());
  }

  private static List<String> quotes(Written written) {
    return written.citations().stream().map(c -> c.quote().of(textOf(c))).toList();
  }

  private static String textOf(CitationRef ref) {
    return PASSAGES.stream()
        .filter(p -> p.hit().found().chunk().id().equals(ref.chunk()))
        .findFirst()
        .orElseThrow()
        .text();
  }

  private static Passage passage(int n, String text) {
    VersionRef ref = new VersionRef(new SourceId(new UUID(0, n)), 1);
    Chunk chunk =
        new Chunk(ChunkId.of(ref, 0), ref, 0, 1, new TextSpan(0, text.length()), null, text);
    return new Passage(
        n,
        new SearchHit(
            new FoundChunk(
                chunk, SourceType.DOCUMENT, new DocumentName("a.txt"), null, Metadata.EMPTY),
            1));
  }
}
