package io.parley.adapter.ai.extraction.worker;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.DateUtil;
import org.jspecify.annotations.Nullable;

/** Numbers in cells as a reader of the sheet sees them; dates the same for every country. */
final class CellNumber {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  /** Formats are instructions of the file: a longer one is not followed. */
  private static final int LONGEST_FORMAT = 200;

  private final DataFormatter formatter = new DataFormatter(Locale.US);
  private final boolean from1904;

  CellNumber(boolean from1904) {
    this.from1904 = from1904;
  }

  /**
   * The words for a number.
   *
   * @param index of the format, which for the usual ones says what it is
   * @param format as the file writes it
   */
  String of(double value, int index, @Nullable String format) {
    String known = format == null || format.length() > LONGEST_FORMAT ? "General" : format;
    try {
      if (DateUtil.isValidExcelDate(value) && DateUtil.isADateFormat(index, known)) {
        return date(value);
      }
      return formatter.formatRawCellContents(value, index, known).strip();
    } catch (RuntimeException e) {
      return plain(value);
    }
  }

  private String date(double value) {
    LocalDateTime moment = DateUtil.getLocalDateTime(value, from1904, true);
    LocalTime time = moment.toLocalTime();
    String clock = (time.getSecond() == 0 ? MINUTES : SECONDS).format(time);
    if (value < 1) {
      return clock;
    }
    return time.equals(LocalTime.MIDNIGHT)
        ? moment.toLocalDate().toString()
        : moment.toLocalDate() + " " + clock;
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }
}
