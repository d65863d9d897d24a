package io.parley.adapter.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.parley.domain.document.Metadata;
import io.parley.domain.port.PortFailure;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text of a jsonb column. Only plain maps, lists, texts, numbers, booleans and nulls go in and
 * out.
 */
record Json(String text) {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  static Json of(Object plain) {
    try {
      return new Json(MAPPER.writeValueAsString(plain));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not plain JSON values.", e);
    }
  }

  static Map<String, @Nullable Object> object(String text) {
    return read(text, new TypeReference<>() {});
  }

  @SuppressWarnings("NullAway") // a class file does not say that the record takes null values
  static Metadata metadata(String text) {
    return new Metadata(object(text));
  }

  static <T> T read(String text, TypeReference<T> type) {
    try {
      return MAPPER.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new PortFailure(
          PortFailure.Kind.CORRUPT_DATA,
          PostgresFailures.BACKEND,
          "The database holds a JSON value that cannot be read.",
          e);
    }
  }
}
