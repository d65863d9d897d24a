package io.parley.testkit.sample;

import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.poi.hslf.usermodel.HSLFSlide;
import org.apache.poi.hslf.usermodel.HSLFSlideShow;
import org.apache.poi.hslf.usermodel.HSLFTable;
import org.apache.poi.hslf.usermodel.HSLFTextBox;
import org.apache.poi.sl.usermodel.Placeholder;
import org.apache.poi.xslf.usermodel.SlideLayout;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xslf.usermodel.XSLFNotes;
import org.apache.poi.xslf.usermodel.XSLFSlide;
import org.apache.poi.xslf.usermodel.XSLFTable;
import org.apache.poi.xslf.usermodel.XSLFTextShape;

/** The talk about the sample harbour, in both of PowerPoint's formats. */
final class SlideTypesetter {

  private static final String[][] TIDES = {{"Gauge", "High"}, {"North pier", "4.1 m"}};

  private SlideTypesetter() {}

  static void writeNew(OutputStream out) throws IOException {
    try (XMLSlideShow show = new XMLSlideShow()) {
      XSLFSlide first =
          show.createSlide(
              show.getSlideMasters().getFirst().getLayout(SlideLayout.TITLE_AND_CONTENT));
      first.getPlaceholder(0).setText("Why the quay was raised");
      XSLFTextShape points = first.getPlaceholder(1);
      points.clearText();
      points.addNewTextParagraph().addNewTextRun().setText("The storm of 2019 flooded it twice");
      points.addNewTextParagraph().addNewTextRun().setText("Its stones had sunk by 30 cm");
      XSLFNotes notes = show.getNotesSlide(first);
      for (XSLFTextShape shape : notes.getPlaceholders()) {
        if (shape.getTextType() == Placeholder.BODY) {
          shape.setText("Mention the harbour master's letter.");
        }
      }
      XSLFSlide hidden = show.createSlide();
      hidden.createTextBox().setText("nobody may see this");
      hidden.getXmlObject().setShow(false);
      table(show.createSlide());
      show.write(out);
    }
  }

  private static void table(XSLFSlide slide) {
    XSLFTable table = slide.createTable(2, 2);
    for (int row = 0; row < 2; row++) {
      for (int column = 0; column < 2; column++) {
        table.getCell(row, column).setText(TIDES[row][column]);
      }
    }
  }

  static void writeOld(OutputStream out) throws IOException {
    try (HSLFSlideShow show = new HSLFSlideShow()) {
      HSLFSlide first = show.createSlide();
      first.addTitle().setText("Why the quay was raised");
      HSLFTextBox points = first.createTextBox();
      points.setAnchor(new Rectangle2D.Double(50, 150, 500, 200));
      points.setText("The storm of 2019 flooded it twice\rIts stones had sunk by 30 cm");
      HSLFSlide hidden = show.createSlide();
      hidden.createTextBox().setText("nobody may see this");
      hidden.setHidden(true);
      HSLFTable table = show.createSlide().createTable(2, 2);
      for (int row = 0; row < 2; row++) {
        for (int column = 0; column < 2; column++) {
          table.getCell(row, column).setText(TIDES[row][column]);
        }
      }
      show.write(out);
    }
  }
}
