package io.parley.testkit.hostile;

import java.io.IOException;
import java.util.List;

/**
 * Entities that grow, entities from elsewhere, depth without end, and cells at the end of the
 * world.
 */
final class HostileXml {

  private static final String LAUGHS =
      "<!DOCTYPE x [<!ENTITY a \"ha ha ha ha ha\">"
          + "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">"
          + "<!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\"><!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;\">"
          + "<!ENTITY f \"&e;&e;&e;&e;&e;&e;&e;&e;\"><!ENTITY g \"&f;&f;&f;&f;&f;&f;&f;&f;\">"
          + "<!ENTITY h \"&g;&g;&g;&g;&g;&g;&g;&g;\"><!ENTITY i \"&h;&h;&h;&h;&h;&h;&h;&h;\">]>";
  private static final String FOREIGN = "<!DOCTYPE x [<!ENTITY i SYSTEM \"file:///etc/passwd\">]>";
  private static final String SHEET_PART = "xl/worksheets/sheet1.xml";

  private HostileXml() {}

  static List<HostileFile> all() {
    return List.of(
        new HostileFile("laughs.docx", "a billion laughs", out -> out.write(word(LAUGHS, "&i;"))),
        new HostileFile(
            "foreign.docx",
            "an entity from the machine's files",
            out -> out.write(word(FOREIGN, "&i;"))),
        new HostileFile(
            "laughs.xlsx",
            "a billion laughs in a cell",
            out -> out.write(sheet(LAUGHS, cell("A1", "&i;")))),
        new HostileFile(
            "laughs.odt",
            "a billion laughs",
            out ->
                out.write(
                    new Zip()
                        .addType(OfficeParts.ODT_TYPE)
                        .add("content.xml", LAUGHS + OfficeParts.ODT + "<text:p>&i;</text:p>")
                        .bytes())),
        new HostileFile(
            "laughs.epub", "a billion laughs in a chapter", out -> out.write(chapter(LAUGHS))),
        new HostileFile(
            "deep.docx",
            "tables in tables, 20,000 deep",
            out -> out.write(word("", "<w:tbl><w:tr><w:tc>".repeat(20_000)))),
        new HostileFile(
            "deep.pptx",
            "groups in groups, 100,000 deep",
            out ->
                out.write(
                    OfficeParts.presentation()
                        .add("ppt/slides/slide1.xml", "<g>".repeat(100_000))
                        .bytes())),
        new HostileFile(
            "far.xlsx",
            "cells at A1 and XFD1048576",
            out ->
                out.write(
                    sheet(
                        "",
                        "<row r=\"1\">"
                            + cell("A1", "here")
                            + "</row><row r=\"1048576\">"
                            + cell("B1048576", "far")
                            + cell("XFD1048576", "away")
                            + "</row>"))),
        new HostileFile(
            "beyond.xlsx",
            "cells beyond the last column, hidden ones without end",
            out -> out.write(beyond())),
        new HostileFile(
            "repeated.odt",
            "a cell that says it is repeated two billion times",
            out ->
                out.write(
                    new Zip()
                        .addType(OfficeParts.ODT_TYPE)
                        .add(
                            "content.xml",
                            OfficeParts.ODT
                                + "<table:table><table:table-row"
                                + " table:number-rows-repeated=\"2000000000\"><table:table-cell"
                                + " table:number-columns-repeated=\"2000000000\"><text:p>once"
                                + "<text:s text:c=\"2000000000\"/>only</text:p></table:table-cell>"
                                + "</table:table-row></table:table></office:document-content>")
                        .bytes())),
        new HostileFile(
            "strings.xlsx",
            "a text of 1.5 MB that 50,000 cells repeat",
            out -> out.write(strings())));
  }

  private static byte[] word(String declaration, String body) throws IOException {
    return new Zip()
        .add(
            "word/document.xml",
            declaration + OfficeParts.WORD + "<w:p><w:r><w:t>" + body + "</w:t></w:r></w:p>")
        .bytes();
  }

  private static byte[] chapter(String declaration) throws IOException {
    return OfficeParts.book("<item id=\"a\" href=\"a.xhtml\"/>", "<itemref idref=\"a\"/>")
        .add("a.xhtml", declaration + "<html><body><p>Laugh: &i;</p></body></html>")
        .bytes();
  }

  private static byte[] sheet(String declaration, String rows) throws IOException {
    return OfficeParts.workbook(1)
        .add(SHEET_PART, declaration + OfficeParts.SHEET + rows + OfficeParts.SHEET_END)
        .bytes();
  }

  private static String cell(String at, String text) {
    return "<c r=\"" + at + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
  }

  private static byte[] beyond() throws IOException {
    String sheet =
        OfficeParts.SHEET.replace(
            "<sheetData>",
            "<cols><col min=\"9\" max=\"2000000000\" hidden=\"1\"/></cols><sheetData>");
    return OfficeParts.workbook(1)
        .add(
            SHEET_PART,
            sheet
                + "<row r=\"999999999\">"
                + cell("A1", "seen")
                + cell("ZZZZ1", "beyond")
                + "</row>"
                + OfficeParts.SHEET_END)
        .bytes();
  }

  /** Small in the file, endless as text. */
  private static byte[] strings() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 1; i <= 50_000; i++) {
      rows.append("<row r=\"").append(i).append("\"><c r=\"A").append(i);
      rows.append("\" t=\"s\"><v>0</v></c><c r=\"B").append(i).append("\"><v>1</v></c></row>");
    }
    String relations =
        OfficeParts.RELATIONS
            + "<Relationship Id=\"r1\" Type=\""
            + OfficeParts.TYPE
            + "worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\""
            + OfficeParts.TYPE
            + "sharedStrings\" Target=\"strings.xml\"/></Relationships>";
    return new Zip()
        .add(
            "xl/workbook.xml",
            "<workbook xmlns:r=\""
                + OfficeParts.TYPE.substring(0, OfficeParts.TYPE.length() - 1)
                + "\"><sheets><sheet name=\"S\" r:id=\"r1\"/></sheets></workbook>")
        .add("xl/_rels/workbook.xml.rels", relations)
        .add("xl/strings.xml", "<sst><si><t>" + "word ".repeat(300_000) + "</t></si></sst>")
        .add(SHEET_PART, OfficeParts.SHEET + rows + OfficeParts.SHEET_END)
        .bytes();
  }
}
