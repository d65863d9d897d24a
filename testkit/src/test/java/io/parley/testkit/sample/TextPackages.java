package io.parley.testkit.sample;

/** The parts of the sample documents that are XML in a zip file. */
final class TextPackages {

  static final String[][] ODT = {
    {
      "content.xml",
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
        xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
        xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">
      <office:body><office:text>
      <text:tracked-changes><text:changed-region><text:deletion>
      <text:p>a rule that was struck out</text:p></text:deletion></text:changed-region></text:tracked-changes>
      <text:h text:outline-level="1">Rules of the quay</text:h>
      <text:p>Boats are moored<text:s text:c="3"/>bow first<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Except the pilot boat.</text:p></text:note-body></text:note>.<office:annotation><text:p>a remark</text:p></office:annotation></text:p>
      <text:list><text:list-item><text:p>No fires</text:p></text:list-item>
      <text:list-item><text:p>No nets on the rails</text:p></text:list-item></text:list>
      <table:table><table:table-row><table:table-cell><text:p>Hour</text:p></table:table-cell><table:table-cell><text:p>Gate</text:p></table:table-cell></table:table-row>
      <table:table-row><table:table-cell><text:p>22:00</text:p></table:table-cell><table:table-cell><text:p>closed</text:p></table:table-cell></table:table-row></table:table>
      <text:soft-page-break/>
      <text:h text:outline-level="2">Guests</text:h>
      <text:p>Guests sign the book of the watch.</text:p>
      </office:text></office:body></office:document-content>
      """
          .strip()
    },
    {
      "meta.xml",
      """
      <office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta><dc:title>Kestrel Quay: rules</dc:title></office:meta></office:document-meta>
      """
    },
    {"META-INF/manifest.xml", "<manifest/>"}
  };

  static final String[][] EPUB = {
    {
      "META-INF/container.xml",
      """
      <container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>
      <rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
      """
    },
    {
      "OEBPS/book.opf",
      """
      <package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
      <metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A short history of Kestrel Quay</dc:title></metadata>
      <manifest><item id="b" href="text/after.xhtml" media-type="application/xhtml+xml"/>
      <item id="a" href="text/before%20it.xhtml" media-type="application/xhtml+xml"/></manifest>
      <spine><itemref idref="a"/><itemref idref="b"/></spine></package>
      """
    },
    {
      "OEBPS/text/after.xhtml",
      """
      <html xmlns="http://www.w3.org/1999/xhtml"><head><title>After the flood</title></head>
      <body><h1>After the flood</h1><p>The quay was raised by a metre in 1904.</p></body></html>
      """
    },
    {
      "OEBPS/text/before it.xhtml",
      """
      <html xmlns="http://www.w3.org/1999/xhtml"><head><title>Before it</title></head>
      <body><p>Nobody knows who laid the first stone.</p></body></html>
      """
    }
  };

  private TextPackages() {}
}
