package io.parley.testkit.sample;

import io.parley.testkit.sample.SampleSource.Footnote;
import io.parley.testkit.sample.SampleSource.Heading;
import io.parley.testkit.sample.SampleSource.PageEnd;
import io.parley.testkit.sample.SampleSource.Paragraph;
import io.parley.testkit.sample.SampleSource.Table;
import io.parley.testkit.sample.SampleSource.TitleLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * Sets a {@link SampleSource} as a PDF with a text layer, page numbers, an outline and, in a
 * handbook, contents.
 */
final class PdfTypesetter {

  private static final int CONTENTS_LINES_A_PAGE = 31;

  private final SampleSource source;

  PdfTypesetter(SampleSource source) {
    this.source = source;
  }

  void write(Path target) throws IOException {
    // The contents name pages that are known only after a first pass; their own length does not
    // change in the second.
    var headings = new ArrayList<PdfPages.Bookmark>();
    try (var draft = new PDDocument()) {
      headings.addAll(set(draft, bookmarksWithoutPages()).bookmarks());
    }
    try (var document = new PDDocument()) {
      var pages = set(document, headings);
      pages.describe(source.front("title"), source.front("author"));
      document.save(target.toFile());
    }
  }

  private List<PdfPages.Bookmark> bookmarksWithoutPages() {
    return source.blocks().stream()
        .filter(Heading.class::isInstance)
        .map(Heading.class::cast)
        .map(heading -> new PdfPages.Bookmark(heading, 1))
        .toList();
  }

  private PdfPages set(PDDocument document, List<PdfPages.Bookmark> headings) throws IOException {
    var layout = PageLayout.named(source.front("layout"), document);
    var pages = new PdfPages(document, layout, source.front("running"));
    var chapterJustBegun = false;
    for (var block : source.blocks()) {
      switch (block) {
        case TitleLine line -> pages.titleLine(line.text());
        case Heading heading -> {
          if (layout.sectionStartsPage() && !chapterJustBegun) {
            startPage(pages, heading, headings);
          }
          pages.heading(heading);
        }
        case Paragraph paragraph -> pages.paragraph(paragraph.text());
        case Table table -> pages.table(table.rows());
        case Footnote note -> pages.footnote(note.text());
        case PageEnd end -> pages.startPage();
      }
      chapterJustBegun = block instanceof Heading heading && heading.level() == 1;
    }
    pages.close();
    return pages;
  }

  private static void startPage(PdfPages pages, Heading heading, List<PdfPages.Bookmark> headings)
      throws IOException {
    if (heading.equals(headings.getFirst().heading())) {
      contents(pages, headings);
    }
    pages.startPage();
  }

  private static void contents(PdfPages pages, List<PdfPages.Bookmark> headings)
      throws IOException {
    for (var from = 0; from < headings.size(); from += CONTENTS_LINES_A_PAGE) {
      pages.startPage();
      for (var mark :
          headings.subList(from, Math.min(from + CONTENTS_LINES_A_PAGE, headings.size()))) {
        pages.contentsLine(mark);
      }
    }
  }
}
