package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.adapter.web.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A value of JSON, to be walked into. */
record Json(@Nullable Object value) {

  static Json of(byte[] bytes) {
    return new Json(JsonReader.object(bytes));
  }

  static Json of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A text as JSON writes it. */
  static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.chars()
        .forEach(c -> {
          if (c < 0x20 || c == '"' || c == '\\') {
            json.append("\\u%04x".formatted(c));
          } else {
            json.append((char) c);
          }
        });
    return json.append('"').toString();
  }

  Json at(String name) {
    assertThat(names()).contains(name);
    return new Json(map().get(name));
  }

  String text(String name) {
    Object found = at(name).value();
    assertThat(found).as(name).isInstanceOf(String.class);
    return String.valueOf(found);
  }

  int number(String name) {
    Object found = at(name).value();
    assertThat(found).as(name).isInstanceOf(Number.class);
    return ((Number) found).intValue();
  }

  List<Json> items(String name) {
    assertThat(at(name).value()).as(name).isInstanceOf(List.class);
    return ((List<?>) at(name).value()).stream().map(Json::new).toList();
  }

  Set<String> names() {
    assertThat(value).isInstanceOf(Map.class);
    return Set.copyOf(map().keySet());
  }

  @SuppressWarnings("unchecked")
  private Map<String, @Nullable Object> map() {
    return (Map<String, @Nullable Object>) value;
  }
}
