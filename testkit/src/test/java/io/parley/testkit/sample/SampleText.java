package io.parley.testkit.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.poi.xwpf.extractor.XWPFWordExtractor;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.jsoup.Jsoup;

/**
 * The text of a sample document, read without Parley's own extraction; blank runs are one blank.
 */
record SampleText(String document, List<String> pages) {

  SampleText {
    pages = List.copyOf(pages);
  }

  static SampleText of(Path file) throws IOException {
    var name = file.getFileName().toString();
    var pages =
        switch (name.substring(name.lastIndexOf('.') + 1)) {
          case "pdf" -> pdf(file);
          case "docx" -> List.of(docx(file));
          case "html" -> List.of(Jsoup.parse(file.toFile()).text());
          default -> List.of(Files.readString(file));
        };
    return new SampleText(name, pages.stream().map(SampleText::normalised).toList());
  }

  String whole() {
    return String.join(" ", pages);
  }

  boolean has(String words) {
    return whole().toLowerCase(Locale.ROOT).contains(normalised(words).toLowerCase(Locale.ROOT));
  }

  static String normalised(String text) {
    return text.replaceAll("[\\s\\u00A0]+", " ").strip();
  }

  private static List<String> pdf(Path file) throws IOException {
    var pages = new ArrayList<String>();
    try (var document = Loader.loadPDF(file.toFile())) {
      var stripper = new PDFTextStripper();
      for (var page = 1; page <= document.getNumberOfPages(); page++) {
        stripper.setStartPage(page);
        stripper.setEndPage(page);
        pages.add(stripper.getText(document));
      }
    }
    return pages;
  }

  private static String docx(Path file) throws IOException {
    try (var in = Files.newInputStream(file);
        var document = new XWPFDocument(in);
        var extractor = new XWPFWordExtractor(document)) {
      return extractor.getText();
    }
  }
}
