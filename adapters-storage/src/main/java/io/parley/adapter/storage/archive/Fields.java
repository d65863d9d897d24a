package io.parley.adapter.storage.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.parley.domain.document.Metadata;
import io.parley.domain.port.storage.Archives;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object that nobody vouches for. Whatever is missing or of another type is an
 * {@link IllegalArgumentException} that names it. Fields that nobody asks for do no harm.
 */
record Fields(Map<String, @Nullable Object> values) {
  private static final int DEEPEST = 16;

  /** The most have pages: four for each of their blocks. */
  static final int MOST_VALUES = 500_000;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(Archives.LONGEST_LINE)
                  .build())
          .build();

  static Fields of(byte[] line, int length) {
    try (JsonParser json = JSON.createParser(line, 0, length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("it is no JSON object");
      }
      Fields fields = new Fields(new Values(json).object());
      if (json.nextToken() != null) {
        throw new IllegalArgumentException("more than one JSON object");
      }
      return fields;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("it is no JSON that can be read", e);
    } catch (IOException e) {
      throw new IllegalStateException("Bytes in memory can be read.", e);
    }
  }

  /** The values of a line, counted: the smallest take far more memory than their bytes. */
  private static final class Values {
    private final JsonParser json;
    private int count;

    Values(JsonParser json) {
      this.json = json;
    }

    Map<String, @Nullable Object> object() throws IOException {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        map.put(name, value());
      }
      return map;
    }

    private @Nullable Object value() throws IOException {
      if (++count > MOST_VALUES) {
        throw new IllegalArgumentException("it holds more than " + MOST_VALUES + " values");
      }
      return switch (json.currentToken()) {
        case START_OBJECT -> object();
        case START_ARRAY -> list();
        case VALUE_STRING -> json.getText();
        case VALUE_NUMBER_INT -> json.getNumberValue();
        case VALUE_NUMBER_FLOAT -> json.getDecimalValue();
        case VALUE_TRUE -> true;
        case VALUE_FALSE -> false;
        case VALUE_NULL -> null;
        default -> throw new IllegalArgumentException("it is no JSON that can be read");
      };
    }

    private List<@Nullable Object> list() throws IOException {
      List<@Nullable Object> list = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        list.add(value());
      }
      return list;
    }
  }

  private static IllegalArgumentException isNo(String name, String what) {
    return new IllegalArgumentException("\"" + name + "\" is no " + what);
  }

  private Object present(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("\"" + name + "\" is missing");
    }
    return value;
  }

  private boolean has(String name) {
    return values.get(name) != null;
  }

  String text(String name) {
    if (present(name) instanceof String text) {
      return text;
    }
    throw isNo(name, "text");
  }

  @Nullable String textIfAny(String name) {
    return has(name) ? text(name) : null;
  }

  /** A text of at most so many UTF-16 units, where there is one. */
  @Nullable String textIfAny(String name, int longest) {
    String text = textIfAny(name);
    if (text != null && text.length() > longest) {
      throw new IllegalArgumentException(
          "\"" + name + "\" has more than " + longest + " characters");
    }
    return text;
  }

  boolean truth(String name) {
    if (present(name) instanceof Boolean truth) {
      return truth;
    }
    throw isNo(name, "truth value");
  }

  int integer(String name) {
    if (present(name) instanceof Integer number) {
      return number;
    }
    throw isNo(name, "whole number");
  }

  @Nullable Integer integerIfAny(String name) {
    return has(name) ? (Integer) integer(name) : null;
  }

  long number(String name) {
    return switch (present(name)) {
      case Integer small -> small;
      case Long large -> large;
      default -> throw isNo(name, "whole number");
    };
  }

  double decimal(String name) {
    double value = present(name) instanceof Number number ? number.doubleValue() : Double.NaN;
    if (!Double.isFinite(value)) {
      throw isNo(name, "number");
    }
    return value;
  }

  UUID id(String name) {
    String text = text(name);
    try {
      UUID id = UUID.fromString(text);
      if (id.toString().equals(text)) {
        return id;
      }
    } catch (IllegalArgumentException e) {
      // It is told below.
    }
    throw isNo(name, "id");
  }

  @Nullable UUID idIfAny(String name) {
    return has(name) ? id(name) : null;
  }

  Instant time(String name) {
    try {
      return Instant.parse(text(name));
    } catch (DateTimeException e) {
      throw isNo(name, "time");
    }
  }

  @Nullable Instant timeIfAny(String name) {
    return has(name) ? time(name) : null;
  }

  <E extends Enum<E>> E constant(String name, Class<E> type) {
    String text = text(name);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("\"" + name + "\" has a value that is not known");
  }

  Fields object(String name) {
    return object(name, present(name));
  }

  private static Fields object(String name, @Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw isNo(name, "object");
    }
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    map.forEach((key, member) -> members.put((String) key, member));
    return new Fields(members);
  }

  List<Fields> objects(String name) {
    if (!(present(name) instanceof List<?> list)) {
      throw isNo(name, "list");
    }
    return list.stream().map(item -> object(name, item)).toList();
  }

  List<String> texts(String name) {
    if (!(present(name) instanceof List<?> list)) {
      throw isNo(name, "list");
    }
    List<String> texts = new ArrayList<>();
    for (Object item : list) {
      if (!(item instanceof String text)) {
        throw isNo(name, "list of texts");
      }
      texts.add(text);
    }
    return texts;
  }

  @SuppressWarnings("NullAway") // a class file does not say that the record takes null values
  Metadata metadata(String name) {
    return new Metadata(object(name).values());
  }
}
