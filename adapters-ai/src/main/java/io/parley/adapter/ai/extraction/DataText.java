package io.parley.adapter.ai.extraction;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.parley.adapter.ai.extraction.worker.CsvSeparator;
import java.io.IOException;
import java.util.List;

/** Tells JSON and tables from text that people write, by the beginning of it. */
final class DataText {

  private static final JsonFactory JSON = new JsonFactory();

  /** The sample may end in the middle of a number or word. */
  private static final int CUT_TOKEN = 40;

  private static final int FEWEST_ROWS = 3;
  private static final int LONGEST_CELLS = 40;

  private DataText() {}

  /**
   * Whether it is JSON.
   *
   * @param whole whether the sample is all of the file
   */
  static boolean isJson(String start, boolean whole) {
    String text = start.stripLeading();
    if (!text.startsWith("{") && !text.startsWith("[")) {
      return false;
    }
    try (JsonParser parser = JSON.createParser(text)) {
      return isJson(parser);
    } catch (StreamConstraintsException e) {
      return true;
    } catch (JsonParseException e) {
      return !whole && e.getLocation().getCharOffset() >= text.length() - CUT_TOKEN;
    } catch (IOException e) {
      return false;
    }
  }

  /** Values after the first must be objects: so are logs written, and no text is. */
  private static boolean isJson(JsonParser parser) throws IOException {
    boolean first = true;
    int depth = 0;
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      if (depth == 0 && !first && token != JsonToken.START_OBJECT) {
        return false;
      }
      first = false;
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
    }
    return true;
  }

  /**
   * Whether it is a table with a mark between its cells.
   *
   * @param name decides where rows are few
   */
  static boolean isTable(String start, String name) {
    boolean named = name.endsWith(".csv") || name.endsWith(".tsv");
    return named || isTable(start, ',') || isTable(start, ';') || isTable(start, '\t');
  }

  private static boolean isTable(String start, char separator) {
    List<Integer> rows = CsvSeparator.cells(start, separator);
    if (rows.size() < FEWEST_ROWS || rows.getFirst() < (separator == '\t' ? 2 : 3)) {
      return false;
    }
    int columns = rows.getFirst();
    boolean even = rows.stream().allMatch(row -> row == columns);
    int lines = start.lastIndexOf('\n') + 1;
    return even
        && lines / rows.size() / columns <= LONGEST_CELLS
        && !isProse(start.substring(0, lines), separator);
  }

  /** In sentences a blank follows each comma, in tables hardly any. */
  private static boolean isProse(String text, char separator) {
    int marks = 0;
    int blanks = 0;
    for (int i = text.indexOf(separator); i >= 0; i = text.indexOf(separator, i + 1)) {
      marks++;
      blanks += i + 1 < text.length() && text.charAt(i + 1) == ' ' ? 1 : 0;
    }
    return separator != '\t' && blanks > marks / 3;
  }
}
