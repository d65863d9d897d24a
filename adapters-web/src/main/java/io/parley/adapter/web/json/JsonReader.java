package io.parley.adapter.web.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.problem.ProblemKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (RFC 8259) into maps, lists, strings, booleans, {@link Long}, {@link Double} and
 * nulls: strict UTF-8, no name twice in one object, at most {@value #DEPTH} levels.
 */
public final class JsonReader {
  /** Deepest nesting that is read. */
  static final int DEPTH = 64;

  private static final int NUMBER = 100;
  private static final JsonFactory FACTORY = factory(Integer.MAX_VALUE);

  private JsonReader() {}

  private static JsonFactory factory(int longestText) {
    return JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(DEPTH)
                .maxNumberLength(NUMBER)
                .maxStringLength(longestText)
                .maxNameLength(1_000)
                .build())
        .build();
  }

  /**
   * The object that a stream is, which is read to its end and closed.
   *
   * @param longestText most UTF-16 units in one string; with more the request ends with 413
   */
  public static Map<String, @Nullable Object> object(InputStream stream, int longestText) {
    return object(value(factory(longestText), stream));
  }

  /** The object that the bytes are. Ends the request with 400 when they are not one. */
  public static Map<String, @Nullable Object> object(byte[] bytes) {
    return object(value(FACTORY, new ByteArrayInputStream(bytes)));
  }

  private static Map<String, @Nullable Object> object(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      @SuppressWarnings("unchecked")
      Map<String, @Nullable Object> object = (Map<String, @Nullable Object>) map;
      return object;
    }
    throw malformed("Send a JSON object: { … }.");
  }

  private static @Nullable Object value(JsonFactory factory, InputStream stream) {
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    try (JsonParser parser = factory.createParser(new InputStreamReader(stream, decoder))) {
      parser.nextToken();
      Object value = value(parser);
      if (parser.nextToken() != null) {
        throw malformed("There is something after the end of the JSON.");
      }
      return value;
    } catch (StreamConstraintsException e) {
      if (e.getOriginalMessage().startsWith("String value length")) {
        throw Problem.of(
                ProblemKind.TOO_LARGE, "A text in the JSON is too long. Send it as a file.")
            .asException();
      }
      throw malformed("The JSON is nested too deeply, or holds too long a number or name.");
    } catch (IOException e) {
      throw malformed("The body is not well-formed JSON in UTF-8.");
    }
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> decimal(parser.getDecimalValue());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case null, default -> throw malformed("The body is not well-formed JSON.");
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      object.put(name, value(parser));
    }
    return object;
  }

  private static List<@Nullable Object> array(JsonParser parser) throws IOException {
    List<@Nullable Object> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser));
    }
    return array;
  }

  private static Number integer(JsonParser parser) throws IOException {
    return switch (parser.getNumberType()) {
      case INT, LONG -> parser.getLongValue();
      default -> decimal(parser.getDecimalValue());
    };
  }

  private static Double decimal(BigDecimal number) {
    double value = number.doubleValue();
    if (!Double.isFinite(value)) {
      throw malformed("A number is out of range.");
    }
    return value;
  }

  static io.parley.adapter.web.problem.ProblemException malformed(String detail) {
    return Problem.of(ProblemKind.MALFORMED, detail).asException();
  }
}
