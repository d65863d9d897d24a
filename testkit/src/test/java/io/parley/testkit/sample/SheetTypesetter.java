package io.parley.testkit.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.SheetVisibility;
import org.apache.poi.ss.usermodel.Workbook;

/** The workbook of the sample harbour, in whatever format the given one has. */
final class SheetTypesetter {

  private final Workbook workbook;
  private final CellStyle date;
  private final CellStyle money;

  SheetTypesetter(Workbook workbook) {
    this.workbook = workbook;
    this.date = style("dd/mm/yyyy");
    this.money = style("#,##0.00");
  }

  private CellStyle style(String format) {
    CellStyle style = workbook.createCellStyle();
    style.setDataFormat(workbook.createDataFormat().getFormat(format));
    return style;
  }

  void write(OutputStream out) throws IOException {
    berths(workbook.createSheet("Berths"));
    workbook.createSheet("Margins").createRow(0).createCell(0).setCellValue("nobody may see this");
    workbook.setSheetVisibility(1, SheetVisibility.HIDDEN);
    fees(workbook.createSheet("Fees"));
    workbook.getCreationHelper().createFormulaEvaluator().evaluateAll();
    workbook.write(out);
  }

  private void berths(Sheet sheet) {
    sheet.createRow(0).createCell(0).setCellValue("Berths at Kestrel Quay");
    Row head = sheet.createRow(2);
    String[] columns = {"Berth", "Length (m)", "Taken", "Rented from", "Yearly rent"};
    for (int i = 0; i < columns.length; i++) {
      head.createCell(i).setCellValue(columns[i]);
    }
    berth(sheet.createRow(3), "A1", 12.5, true, LocalDate.of(2026, 4, 1), 1840);
    berth(sheet.createRow(4), "A2", 9, false, LocalDate.of(2026, 5, 15), 1310.5);
    berth(sheet.createRow(5), "withdrawn", 1, false, LocalDate.of(2026, 5, 15), 1);
    sheet.getRow(5).setZeroHeight(true);
    Row sum = sheet.createRow(6);
    sum.createCell(0).setCellValue("Sum");
    Cell total = sum.createCell(4);
    total.setCellFormula("E4+E5");
    total.setCellStyle(money);
  }

  private void berth(
      Row row, String name, double length, boolean taken, LocalDate from, double rent) {
    row.createCell(0).setCellValue(name);
    row.createCell(1).setCellValue(length);
    row.createCell(2).setCellValue(taken);
    row.createCell(3).setCellValue(from);
    row.getCell(3).setCellStyle(date);
    row.createCell(4).setCellValue(rent);
    row.getCell(4).setCellStyle(money);
  }

  private static void fees(Sheet sheet) {
    String[][] rows = {{"Service", "Fee"}, {"Crane, half an hour", "48"}, {"Diver, a day", "390"}};
    for (int i = 0; i < rows.length; i++) {
      Row row = sheet.createRow(i);
      row.createCell(0).setCellValue(rows[i][0]);
      row.createCell(1).setCellValue(rows[i][1]);
    }
  }
}
