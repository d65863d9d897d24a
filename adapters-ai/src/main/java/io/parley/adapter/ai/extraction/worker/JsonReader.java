package io.parley.adapter.ai.extraction.worker;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * JSON, one value or several after each other, as a stream: each value with the path to it on a
 * line of its own, each object of a list as a record.
 */
final class JsonReader implements DocumentReader {

  private static final int MAX_DEPTH = 500;
  private static final int MAX_VALUE = 2_000_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(2 * MAX_DEPTH)
                  .maxStringLength(MAX_VALUE)
                  .build())
          .build();

  @Override
  public @Nullable String read(Path file, Pages pages) throws IOException {
    Sections sections = new Sections(pages);
    JsonRecords records = new JsonRecords(sections);
    try (JsonParser parser = FACTORY.createParser(file.toFile())) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        take(token, parser, records);
      }
    } catch (StreamConstraintsException e) {
      throw new UnreadableException(Problem.TOO_MUCH_TEXT);
    }
    records.finish();
    sections.finish();
    return null;
  }

  private static void take(JsonToken token, JsonParser parser, JsonRecords records)
      throws IOException {
    switch (token) {
      case START_OBJECT -> records.startObject();
      case START_ARRAY -> records.startArray();
      case END_OBJECT, END_ARRAY -> records.end();
      case FIELD_NAME -> records.name(parser.currentName());
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
          records.value(parser.getText());
      case VALUE_NULL -> records.value("");
      case VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> {}
    }
    if (records.depth() > MAX_DEPTH) {
      throw new UnreadableException(Problem.TOO_DEEP);
    }
  }
}
