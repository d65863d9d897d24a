package io.parley.adapter.ai.extraction.worker;

import java.io.IOException;
import java.util.List;
import org.apache.poi.hslf.usermodel.HSLFGroupShape;
import org.apache.poi.hslf.usermodel.HSLFNotes;
import org.apache.poi.hslf.usermodel.HSLFShape;
import org.apache.poi.hslf.usermodel.HSLFSlide;
import org.apache.poi.hslf.usermodel.HSLFSlideShow;
import org.apache.poi.hslf.usermodel.HSLFTable;
import org.apache.poi.hslf.usermodel.HSLFTableCell;
import org.apache.poi.hslf.usermodel.HSLFTextParagraph;
import org.apache.poi.hslf.usermodel.HSLFTextShape;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.sl.usermodel.Placeholder;
import org.apache.poi.sl.usermodel.TextShape.TextPlaceholder;
import org.jspecify.annotations.Nullable;

/** PowerPoint up to 2003: a page a slide, with its notes; hidden slides are empty pages. */
final class PptText {

  private static final int MAX_DEPTH = 50;

  private final Pages pages;

  PptText(Pages pages) {
    this.pages = pages;
  }

  void read(DirectoryNode root) throws IOException {
    try (HSLFSlideShow show = new HSLFSlideShow(root)) {
      for (HSLFSlide slide : show.getSlides()) {
        SlidePage page = new SlidePage();
        if (!slide.isHidden()) {
          shapes(slide.getShapes(), page, 0);
          notes(slide.getNotes(), page);
        }
        page.give(pages);
      }
    }
  }

  private static void notes(@Nullable HSLFNotes notes, SlidePage page) {
    if (notes == null) {
      return;
    }
    for (HSLFShape shape : notes.getShapes()) {
      if (shape instanceof HSLFTextShape text && text.getPlaceholder() == Placeholder.BODY) {
        text.getTextParagraphs().forEach(p -> page.note(words(p)));
      }
    }
  }

  private static void shapes(List<HSLFShape> shapes, SlidePage page, int depth) {
    if (depth > MAX_DEPTH) {
      throw new UnreadableException(Problem.TOO_DEEP);
    }
    for (HSLFShape shape : shapes) {
      switch (shape) {
        case HSLFTable table -> table(table, page);
        case HSLFGroupShape group -> shapes(group.getShapes(), page, depth + 1);
        case HSLFTextShape text -> text(text, page);
        default -> {}
      }
    }
  }

  private static void text(HSLFTextShape shape, SlidePage page) {
    Placeholder role = shape.getPlaceholder();
    if (role == Placeholder.SLIDE_NUMBER
        || role == Placeholder.DATETIME
        || role == Placeholder.FOOTER
        || role == Placeholder.HEADER) {
      return;
    }
    int kind = shape.getRunType();
    page.beginShape(TextPlaceholder.isTitle(kind), kind == TextPlaceholder.BODY.nativeId);
    for (HSLFTextParagraph paragraph : shape.getTextParagraphs()) {
      page.paragraph(paragraph.getIndentLevel(), words(paragraph));
    }
    page.endShape();
  }

  private static String words(HSLFTextParagraph paragraph) {
    return HSLFTextParagraph.getText(List.of(paragraph)).replace('\u000B', '\n');
  }

  private static void table(HSLFTable table, SlidePage page) {
    for (int row = 0; row < table.getNumberOfRows(); row++) {
      for (int column = 0; column < table.getNumberOfColumns(); column++) {
        HSLFTableCell cell = table.getCell(row, column);
        page.cell(cell == null ? "" : cell.getText());
      }
      page.endRow();
    }
    page.endTable();
  }
}
