package io.parley.adapter.ai.remote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as maps, lists, strings, exact numbers, booleans and nulls, at most 64 levels deep. The maps
 * may be changed.
 */
public final class JsonText {
  /** Says nothing of what it reads in its exceptions. */
  public static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(64).build())
          .build();

  private JsonText() {}

  /** The object that the text is; empty when it is none. */
  public static Map<String, @Nullable Object> objectOrEmpty(String text) {
    try (JsonParser json = FACTORY.createParser(text)) {
      return json.nextToken() == JsonToken.START_OBJECT ? object(json) : Map.of();
    } catch (IOException e) {
      return Map.of();
    }
  }

  /** Whether the text is one JSON object and nothing else. */
  public static boolean isObject(String text) {
    try (JsonParser json = FACTORY.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      json.skipChildren();
      return json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  /** The text of a value that was read here. */
  public static String write(@Nullable Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      write(value, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(@Nullable Object value, JsonGenerator json) throws IOException {
    switch (value) {
      case null -> json.writeNull();
      case Map<?, ?> map -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          json.writeFieldName(String.valueOf(entry.getKey()));
          write(entry.getValue(), json);
        }
        json.writeEndObject();
      }
      case List<?> list -> {
        json.writeStartArray();
        for (Object item : list) {
          write(item, json);
        }
        json.writeEndArray();
      }
      case String string -> json.writeString(string);
      case Boolean truth -> json.writeBoolean(truth);
      default -> json.writeRawValue(value.toString()); // a number, which is its own text
    }
  }

  /** The object of that name in an object; empty when there is none. */
  public static Map<String, @Nullable Object> object(
      Map<String, @Nullable Object> in, String name) {
    return in.get(name) instanceof Map<?, ?> found ? cast(found) : Map.of();
  }

  /** The objects in the list of that name. */
  public static List<Map<String, @Nullable Object>> objects(
      Map<String, @Nullable Object> in, String name) {
    List<Map<String, @Nullable Object>> objects = new ArrayList<>();
    if (in.get(name) instanceof List<?> list) {
      for (Object item : list) {
        if (item instanceof Map<?, ?> map) {
          objects.add(cast(map));
        }
      }
    }
    return objects;
  }

  /** The text of that name; empty when there is none. */
  public static String text(Map<String, @Nullable Object> in, String name) {
    return in.get(name) instanceof String text ? text : "";
  }

  @SuppressWarnings("unchecked") // all maps here are made below
  private static Map<String, @Nullable Object> cast(Map<?, ?> map) {
    return (Map<String, @Nullable Object>) map;
  }

  private static Map<String, @Nullable Object> object(JsonParser json) throws IOException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      map.put(name, value(json));
    }
    return map;
  }

  private static @Nullable Object value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> object(json);
      case START_ARRAY -> list(json);
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT -> json.getNumberValue();
      case VALUE_NUMBER_FLOAT -> json.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case null, default -> throw new IOException("unexpected end of JSON");
    };
  }

  private static List<@Nullable Object> list(JsonParser json) throws IOException {
    List<@Nullable Object> list = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(json));
    }
    return list;
  }
}
