package io.parley.adapter.ai.extraction.worker;

import io.parley.domain.document.PageText.Block.Kind;
import java.io.IOException;
import java.io.InputStream;
import org.apache.poi.hssf.OldExcelFormatException;
import org.apache.poi.hssf.eventusermodel.FormatTrackingHSSFListener;
import org.apache.poi.hssf.eventusermodel.HSSFEventFactory;
import org.apache.poi.hssf.eventusermodel.HSSFRequest;
import org.apache.poi.hssf.extractor.OldExcelExtractor;
import org.apache.poi.poifs.filesystem.DirectoryNode;

/** Excel's workbooks up to 2003, record by record, so that a large one is no large object. */
final class XlsText {

  private final Pages pages;

  XlsText(Pages pages) {
    this.pages = pages;
  }

  void read(DirectoryNode root) throws IOException {
    XlsRecords records = new XlsRecords(new SheetPages(pages));
    FormatTrackingHSSFListener formats = new FormatTrackingHSSFListener(records);
    records.follow(formats);
    HSSFRequest request = new HSSFRequest();
    request.addListenerForAllRecords(formats);
    try (InputStream in = root.createDocumentInputStream("Workbook")) {
      new HSSFEventFactory().processEvents(request, in);
      records.finish();
    } catch (OldExcelFormatException e) {
      throw new IOException("Older than its container", e);
    }
  }

  /** Excel 5 and 95: only the texts, one line a cell. */
  void readOld(DirectoryNode root) throws IOException {
    PageBuilder page = new PageBuilder();
    try (OldExcelExtractor old = new OldExcelExtractor(root)) {
      page.add(Kind.PARAGRAPH, old.getText());
    }
    pages.give(page, null);
  }
}
