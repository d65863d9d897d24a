package io.parley.testkit.vectorstore;

import static io.parley.testkit.vectorstore.SampleChunks.attributes;
import static io.parley.testkit.vectorstore.SampleChunks.newVersion;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.document.ChunkId;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.vectorstore.IndexFollower;
import io.parley.domain.retrieval.ChunkAttributes;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.Filter.Relation;
import io.parley.domain.retrieval.FilterField;
import io.parley.domain.retrieval.FilterField.Known;
import io.parley.domain.retrieval.FilterValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What filters mean in every index.
 *
 * @param <C> what it holds of a chunk
 * @param <I> the port
 */
public abstract class FilterContract<C, I extends IndexFollower<C>>
    extends IndexFollowerContract<C, I> {

  private static Filter equal(String path, FilterValue value) {
    return new Filter.Equal(new FilterField.InMetadata(path), value);
  }

  private static Filter compared(FilterField field, Relation relation, FilterValue value) {
    return new Filter.Compared(field, relation, value);
  }

  private static FilterField at(String path) {
    return new FilterField.InMetadata(path);
  }

  private static FilterValue text(String value) {
    return new FilterValue.Text(value);
  }

  private static FilterValue number(double value) {
    return new FilterValue.Decimal(value);
  }

  private ChunkId addWith(Metadata metadata) {
    VersionRef ref = newVersion();
    add(1, List.of(chunk(attributes(scope, ref, metadata), 0)));
    return ChunkId.of(ref, 0);
  }

  private void assertPasses(Filter filter) {
    assertThat(found(filter)).as("%s", filter).hasSize(1);
  }

  private void assertFails(Filter filter) {
    assertThat(found(filter)).as("%s", filter).isEmpty();
  }

  @Test
  void knownFieldsAreCompared() {
    ChunkId id = addWith(Metadata.EMPTY);
    Instant uploaded = SampleChunks.UPLOADED;
    FilterValue later = new FilterValue.Time(uploaded.plusMillis(1));

    assertPasses(new Filter.Equal(Known.CONTENT_TYPE, text("application/pdf")));
    assertPasses(new Filter.Equal(Known.LANGUAGE, text("en")));
    assertPasses(new Filter.Equal(Known.UPLOADED_AT, new FilterValue.Time(uploaded)));
    assertPasses(new Filter.Equal(Known.UPLOADED_AT, new FilterValue.Time(uploaded.plusNanos(9))));
    assertPasses(compared(Known.UPLOADED_AT, Relation.LESS, later));
    assertFails(compared(Known.UPLOADED_AT, Relation.GREATER_OR_EQUAL, later));
    assertFails(new Filter.Equal(Known.UPLOADED_AT, text(uploaded.toString())));
    assertFails(new Filter.Equal(Known.DOCUMENT_ID, text(id.toString())));
  }

  @Test
  void oneDocumentIsFoundByItsId() {
    VersionRef wanted = newVersion();
    add(1, chunks(newVersion(), 2));
    add(2, chunks(wanted, 1));

    Filter filter =
        new Filter.OneOf(Known.DOCUMENT_ID, List.of(text("-"), text(wanted.source().toString())));

    assertThat(found(filter)).containsExactly(ChunkId.of(wanted, 0));
  }

  @Test
  void aMissingLanguageIsNotThere() {
    ChunkAttributes known = attributes(scope, newVersion());
    ChunkAttributes unknown =
        new ChunkAttributes(
            known.tenant(),
            known.bot(),
            known.ref(),
            known.sourceType(),
            known.contentType(),
            known.uploadedAt(),
            null,
            known.metadata());
    add(1, List.of(chunk(unknown, 0)));

    assertFails(new Filter.Exists(Known.LANGUAGE));
    assertPasses(new Filter.Not(new Filter.Equal(Known.LANGUAGE, text("en"))));
  }

  @Test
  void valuesOfDifferentKindsAreNeverEqualAndHaveNoOrder() {
    addWith(new Metadata(Map.of("text", "1", "number", 1, "truth", true)));

    assertPasses(equal("text", text("1")));
    assertPasses(equal("number", number(1.0)));
    assertPasses(equal("truth", new FilterValue.Truth(true)));
    assertFails(equal("text", number(1)));
    assertFails(equal("number", text("1")));
    assertFails(equal("truth", text("true")));
    assertFails(equal("truth", number(1)));
    assertFails(compared(at("text"), Relation.GREATER, number(0)));
    assertFails(compared(at("number"), Relation.GREATER, text("")));
    assertFails(compared(at("truth"), Relation.GREATER_OR_EQUAL, new FilterValue.Truth(true)));
  }

  @Test
  void notMatchesWhereTheFieldIsMissing() {
    addWith(Metadata.EMPTY);

    assertFails(equal("year", number(2026)));
    assertPasses(new Filter.Not(equal("year", number(2026))));
    assertFails(compared(at("year"), Relation.LESS, number(2026)));
    assertFails(new Filter.Exists(at("year")));
  }

  @Test
  void emptyPartsHoldForAllAndFailForAny() {
    addWith(Metadata.EMPTY);

    assertPasses(new Filter.All(List.of()));
    assertFails(new Filter.Any(List.of()));
    assertFails(new Filter.OneOf(Known.LANGUAGE, List.of()));
  }

  @Test
  void pathsLeadThroughObjectsAndLists() {
    addWith(
        new Metadata(
            Map.of(
                "tags", List.of("red", 7),
                "author", Map.of("name", "Imani", "born", 1999),
                "parts", List.of(Map.of("id", "W3-1"), Map.of("id", "W3-2")))));

    assertPasses(equal("tags", text("red")));
    assertPasses(equal("tags", number(7)));
    assertPasses(equal("author.name", text("Imani")));
    assertPasses(equal("parts.id", text("W3-2")));
    assertPasses(new Filter.Exists(at("author")));
    assertFails(equal("parts.id", text("W3-3")));
    assertFails(equal("name", text("Imani")));
  }

  @Test
  void nullIsNotThere() {
    addWith(new Metadata(Collections.singletonMap("gone", null)));

    assertFails(new Filter.Exists(at("gone")));
  }

  @Test
  void numbersAndTextsKeepTheirOrder() {
    addWith(new Metadata(Map.of("n", -2.5, "z", -0.0, "t", "b\uFFFD")));

    assertPasses(compared(at("n"), Relation.LESS, number(-2)));
    assertPasses(compared(at("n"), Relation.GREATER, number(-3)));
    assertFails(compared(at("n"), Relation.GREATER, number(-2.5)));
    assertPasses(equal("z", number(0.0)));
    assertFails(compared(at("n"), Relation.GREATER, number(Double.NaN)));
    assertPasses(compared(at("t"), Relation.GREATER, text("b")));
    // By code unit: a surrogate comes before U+FFFD.
    assertPasses(compared(at("t"), Relation.GREATER, text("b\uD83D\uDE00")));
  }

  @Test
  void randomFiltersPassWhatTheyDescribe() {
    RandomFilters random = new RandomFilters(20261121);
    List<ChunkAttributes> all = new ArrayList<>();
    List<C> chunks = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      all.add(attributes(scope, newVersion(), random.metadata()));
      chunks.add(chunk(all.getLast(), 0));
    }
    add(1, chunks);

    for (int i = 0; i < 1_500; i++) {
      Filter filter = random.filter();
      ChunkId[] expected =
          all.stream()
              .filter(attributes -> FilterEvaluation.passes(attributes, filter))
              .map(attributes -> ChunkId.of(attributes.ref(), 0))
              .toArray(ChunkId[]::new);
      assertThat(found(filter))
          .as("%s on %s", filter, Arrays.toString(expected))
          .containsExactlyInAnyOrder(expected);
    }
  }
}
