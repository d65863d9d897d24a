package io.parley.domain.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MetadataTest {

  @Test
  void valuesAreCopiedToTheirDepth() {
    List<Object> years = new ArrayList<>(List.of(2024));
    Map<String, @Nullable Object> given = new LinkedHashMap<>();
    given.put("years", years);
    given.put("nothing", null);
    Metadata metadata = new Metadata(given);
    years.add(2025);
    given.put("more", true);
    assertThat(metadata.values()).containsOnlyKeys("years", "nothing");
    assertThat(metadata.values()).containsEntry("years", List.of(2024));
  }

  @Test
  void whatWasCopiedCannotBeChanged() {
    Metadata metadata = of("years", new ArrayList<>(List.of(2024)));
    assertThatThrownBy(() -> metadata.values().put("a", "b"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> ((List<?>) metadata.values().get("years")).clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void fiveLevelsAreTheMost() {
    assertThat(of("a", nested(4)).values()).hasSize(1);
    refused("a", nested(5), "levels");
    List<Object> circle = new ArrayList<>();
    circle.add(circle);
    refused("a", circle, "levels");
  }

  @Test
  void twoHundredValuesAreTheMost() {
    Map<String, @Nullable Object> many =
        IntStream.range(0, 200).boxed().collect(Collectors.toMap(i -> "k" + i, i -> i));
    assertThat(new Metadata(many).values()).hasSize(200);
    many.put("one", 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Metadata(many))
        .withMessageContaining("200");
    refused("a", Collections.nCopies(200, "x"), "200");
  }

  @Test
  void whatADatabaseCannotKeepIsRefused() {
    refused("a", "x\u0000", "NUL");
    refused("a", "half \uD83D", "half");
    refused("a\u0000", "x", "NUL");
    refused("a", "x".repeat(8_001), "8,000");
    assertThat(of("a", "whole \uD83D\uDCC4").values()).hasSize(1);
  }

  @Test
  void onlyFiniteNumbersAreKept() {
    refused("a", Double.NaN, "finite");
    refused("a", List.of(Double.NEGATIVE_INFINITY), "finite");
    refused("a", Float.POSITIVE_INFINITY, "finite");
    refused("a", new BigDecimal("1e400"), "finite");
  }

  @Test
  void onlyPlainJsonValuesAreKept() {
    refused("a", Instant.EPOCH, "plain JSON");
    refused("a", new int[] {1}, "plain JSON");
    refused("a", Map.of(1, "x"), "names");
    Map<@Nullable String, String> unnamed = new HashMap<>();
    unnamed.put(null, "x");
    refused("a", unnamed, "names");
    assertThat(of("a", Arrays.asList("x", null, true, 1.5)).values()).hasSize(1);
  }

  private static Object nested(int levels) {
    Object value = "leaf";
    for (int i = 0; i < levels; i++) {
      value = i % 2 == 0 ? List.of(value) : Map.of("k", value);
    }
    return value;
  }

  private static Metadata of(String key, Object value) {
    return new Metadata(Map.of(key, value));
  }

  private static void refused(String key, Object value, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(key, value))
        .withMessageContaining(why);
  }
}
