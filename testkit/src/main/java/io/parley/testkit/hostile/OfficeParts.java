package io.parley.testkit.hostile;

import java.io.IOException;

/** The least that a document of each office program must have. */
final class OfficeParts {

  static final String WORD =
      "<w:document"
          + " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>";
  static final String ODT =
      "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""
          + " xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\""
          + " xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\">";
  static final String SHEET =
      "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>";
  static final String SHEET_END = "</sheetData></worksheet>";
  static final String RELATIONS =
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
  static final String TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
  static final String ODT_TYPE = "application/vnd.oasis.opendocument.text";

  private OfficeParts() {}

  /** A workbook of so many sheets, whose parts are still to be added. */
  static Zip workbook(int sheets) throws IOException {
    StringBuilder list = new StringBuilder();
    StringBuilder relations = new StringBuilder(RELATIONS);
    for (int i = 1; i <= sheets; i++) {
      list.append("<sheet name=\"S%d\" sheetId=\"%d\" r:id=\"r%d\"/>".formatted(i, i, i));
      relations.append(
          "<Relationship Id=\"r%d\" Type=\"%sworksheet\" Target=\"worksheets/sheet%d.xml\"/>"
              .formatted(i, TYPE, i));
    }
    String book =
        "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\""
            + TYPE.substring(0, TYPE.length() - 1)
            + "\"><sheets>"
            + list
            + "</sheets></workbook>";
    return new Zip()
        .add("xl/workbook.xml", book)
        .add("xl/_rels/workbook.xml.rels", relations + "</Relationships>");
  }

  /** A presentation of one slide, whose part is still to be added. */
  static Zip presentation() throws IOException {
    String show =
        "<p:presentation xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\""
            + " xmlns:r=\""
            + TYPE.substring(0, TYPE.length() - 1)
            + "\"><p:sldIdLst>"
            + "<p:sldId id=\"256\" r:id=\"r1\"/></p:sldIdLst></p:presentation>";
    return new Zip()
        .add("ppt/presentation.xml", show)
        .add(
            "ppt/_rels/presentation.xml.rels",
            RELATIONS
                + "<Relationship Id=\"r1\" Type=\""
                + TYPE
                + "slide\" Target=\"slides/slide1.xml\"/></Relationships>");
  }

  /** A book whose spine names these chapters, whose parts are still to be added. */
  static Zip book(String items, String spine) throws IOException {
    return new Zip()
        .add(
            "META-INF/container.xml",
            "<container><rootfiles><rootfile full-path=\"b.opf\"/></rootfiles></container>")
        .add(
            "b.opf",
            "<package><manifest>" + items + "</manifest><spine>" + spine + "</spine></package>");
  }
}
