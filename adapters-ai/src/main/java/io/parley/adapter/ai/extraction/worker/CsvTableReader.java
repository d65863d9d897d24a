package io.parley.adapter.ai.extraction.worker;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Tables with a mark between their cells; which one, and the encoding, is found out. */
final class CsvTableReader implements DocumentReader {

  private static final int SAMPLE = 16_384;

  /** Longest row, in UTF-16 units. */
  private static final int LONGEST = 500_000;

  @Override
  public @Nullable String read(Path file, Pages pages) throws IOException {
    char separator = CsvSeparator.of(sample(file));
    SheetPages target = new SheetPages(pages);
    target.begin(null);
    try (BufferedReader text = TextEncoding.open(file);
        CsvReader<CsvRecord> rows = rows(text, separator)) {
      int number = 0;
      for (CsvRecord row : rows) {
        target.row(++number, row.getFields());
      }
    } catch (CsvParseException e) {
      throw new UnreadableException(Problem.BROKEN_TABLE);
    }
    target.end();
    return null;
  }

  private static CsvReader<CsvRecord> rows(BufferedReader text, char separator) {
    return CsvReader.builder()
        .fieldSeparator(separator)
        .skipEmptyLines(false)
        .allowExtraFields(true)
        .allowMissingFields(true)
        .allowExtraCharsAfterClosingQuote(true)
        .detectBomHeader(false)
        .maxBufferSize(LONGEST)
        .ofCsvRecord(text);
  }

  private static String sample(Path file) throws IOException {
    try (BufferedReader text = TextEncoding.open(file)) {
      char[] start = new char[SAMPLE];
      int read = text.read(start);
      // A row that is cut off says nothing; the last one of a short file is whole.
      return new String(start, 0, Math.max(read, 0)) + (read < SAMPLE ? "\n" : "");
    }
  }
}
