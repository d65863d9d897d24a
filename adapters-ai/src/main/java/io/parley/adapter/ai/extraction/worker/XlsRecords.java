package io.parley.adapter.ai.extraction.worker;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.poi.hssf.eventusermodel.FormatTrackingHSSFListener;
import org.apache.poi.hssf.eventusermodel.HSSFListener;
import org.apache.poi.hssf.record.BOFRecord;
import org.apache.poi.hssf.record.BoolErrRecord;
import org.apache.poi.hssf.record.BoundSheetRecord;
import org.apache.poi.hssf.record.CellValueRecordInterface;
import org.apache.poi.hssf.record.ColumnInfoRecord;
import org.apache.poi.hssf.record.DateWindow1904Record;
import org.apache.poi.hssf.record.EOFRecord;
import org.apache.poi.hssf.record.FormulaRecord;
import org.apache.poi.hssf.record.LabelRecord;
import org.apache.poi.hssf.record.LabelSSTRecord;
import org.apache.poi.hssf.record.NumberRecord;
import org.apache.poi.hssf.record.RKRecord;
import org.apache.poi.hssf.record.Record;
import org.apache.poi.hssf.record.RowRecord;
import org.apache.poi.hssf.record.SSTRecord;
import org.apache.poi.hssf.record.StringRecord;
import org.apache.poi.ss.usermodel.FormulaError;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the sheets that are seen, from the records of a workbook. Formulas give the value
 * that they had when it was saved.
 */
final class XlsRecords implements HSSFListener {

  private final SheetPages pages;
  private final List<BoundSheetRecord> sheets = new ArrayList<>();
  private final Set<Integer> hiddenColumns = new HashSet<>();
  private final Set<Integer> hiddenRows = new HashSet<>();
  private final SheetRow row = new SheetRow(hiddenColumns);
  private CellNumber numbers = new CellNumber(false);
  private @Nullable FormatTrackingHSSFListener formats;
  private @Nullable SSTRecord strings;
  private @Nullable FormulaRecord awaitingString;
  private int begun;
  private int depth;
  private boolean inSheet;
  private int rowNumber = -1;

  XlsRecords(SheetPages pages) {
    this.pages = pages;
  }

  /** Who knows how cells are shown. */
  void follow(FormatTrackingHSSFListener tracking) {
    this.formats = tracking;
  }

  @Override
  public void processRecord(Record any) {
    switch (any) {
      case BoundSheetRecord sheet -> sheets.add(sheet);
      case DateWindow1904Record window -> numbers = new CellNumber(window.getWindowing() == 1);
      case SSTRecord all -> strings = all;
      case BOFRecord start -> begin(start);
      case EOFRecord _ -> end();
      default -> {
        if (inSheet && depth == 1) {
          inSheet(any);
        }
      }
    }
  }

  /** Charts are written inside sheets, between marks of their own. */
  private void begin(BOFRecord start) {
    depth++;
    if (depth > 1 || start.getType() == BOFRecord.TYPE_WORKBOOK) {
      return;
    }
    List<BoundSheetRecord> ordered = List.of(BoundSheetRecord.orderByBofPosition(sheets));
    BoundSheetRecord sheet = begun < ordered.size() ? ordered.get(begun) : null;
    begun++;
    inSheet = start.getType() == BOFRecord.TYPE_WORKSHEET && (sheet == null || isSeen(sheet));
    if (inSheet) {
      hiddenColumns.clear();
      hiddenRows.clear();
      rowNumber = -1;
      pages.begin(sheet == null ? null : sheet.getSheetname());
    }
  }

  private static boolean isSeen(BoundSheetRecord sheet) {
    return !sheet.isHidden() && !sheet.isVeryHidden();
  }

  private void end() {
    depth = Math.max(0, depth - 1);
    if (depth == 0 && inSheet) {
      endRow();
      pages.end();
      inSheet = false;
    }
  }

  private void inSheet(Record any) {
    switch (any) {
      case ColumnInfoRecord columns when columns.getHidden() -> hide(columns);
      case RowRecord head when head.getZeroHeight() -> hiddenRows.add(head.getRowNumber());
      case LabelSSTRecord cell -> put(cell, string(cell.getSSTIndex()));
      case LabelRecord cell -> put(cell.getRow(), cell.getColumn(), cell.getValue());
      case NumberRecord cell -> put(cell, shown(cell.getValue(), cell));
      case RKRecord cell ->
          put(cell.getRow(), cell.getColumn(), String.valueOf(cell.getRKNumber()));
      case BoolErrRecord cell -> put(cell, flag(cell));
      case FormulaRecord cell -> formula(cell);
      case StringRecord text when awaitingString != null -> {
        put(awaitingString, text.getString());
        awaitingString = null;
      }
      default -> {}
    }
  }

  private void hide(ColumnInfoRecord columns) {
    int last = Math.min(columns.getLastColumn(), 255);
    for (int i = Math.max(0, columns.getFirstColumn()); i <= last; i++) {
      hiddenColumns.add(i);
    }
  }

  private void formula(FormulaRecord cell) {
    awaitingString = null;
    switch (cell.getCachedResultTypeEnum()) {
      case NUMERIC -> put(cell, shown(cell.getValue(), cell));
      case BOOLEAN -> put(cell, cell.getCachedBooleanValue() ? "TRUE" : "FALSE");
      case STRING -> awaitingString = cell;
      default -> {}
    }
  }

  private static String flag(BoolErrRecord cell) {
    if (cell.isBoolean()) {
      return cell.getBooleanValue() ? "TRUE" : "FALSE";
    }
    return FormulaError.isValidCode(cell.getErrorValue())
        ? FormulaError.forInt(cell.getErrorValue()).getString()
        : "";
  }

  private String shown(double value, CellValueRecordInterface cell) {
    if (formats == null) {
      return String.valueOf(value);
    }
    return numbers.of(value, formats.getFormatIndex(cell), formats.getFormatString(cell));
  }

  private String string(int place) {
    return strings == null || place < 0 || place >= strings.getNumUniqueStrings()
        ? ""
        : strings.getString(place).getString();
  }

  private void put(CellValueRecordInterface cell, String text) {
    put(cell.getRow(), cell.getColumn(), text);
  }

  private void put(int at, int column, String text) {
    if (at != rowNumber) {
      endRow();
      rowNumber = at;
    }
    row.put(column, text);
  }

  private void endRow() {
    if (rowNumber >= 0 && !hiddenRows.contains(rowNumber)) {
      pages.row(rowNumber + 1, row.cells());
    }
    row.clear();
  }

  /** A workbook that ends too early keeps what it had. */
  void finish() {
    if (inSheet) {
      endRow();
      pages.end();
    }
  }
}
