package io.parley.adapter.ai.extractive;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.parley.domain.document.PageText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.poi.xwpf.usermodel.IBodyElement;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.jsoup.Jsoup;

/** The sample documents, read in the plainest way there is, and the questions about them. */
final class SampleLibrary {
  private static final String FOLDER = "/io/parley/testkit/sample/";

  private SampleLibrary() {}

  /** A question; {@code document} is empty when none answers it, {@code page} 0 when it has no number. */
  record Asked(
      String question, String document, int page, List<String> answer, String kind, boolean tune) {
    boolean answerable() {
      return !document.isEmpty();
    }
  }

  static List<Asked> questions() {
    try (InputStream in = open("questions.json")) {
      var all = new ObjectMapper().readTree(in);
      List<Asked> questions = new ArrayList<>();
      for (String group : List.of("answerable", "unanswerable")) {
        for (var q : all.get(group)) {
          questions.add(
              new Asked(
                  q.get("question").asText(),
                  q.path("document").asText(""),
                  q.path("page").asInt(0),
                  StreamSupport.stream(q.path("answer_contains").spliterator(), false)
                      .map(a -> a.asText())
                      .toList(),
                  q.get("kind").asText(),
                  q.get("split").asText().equals("tune")));
        }
      }
      return questions;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The pages of every document that a question is about. */
  static Map<String, List<PageText>> pages() {
    Map<String, List<PageText>> pages = new LinkedHashMap<>();
    questions().stream()
        .map(Asked::document)
        .filter(d -> !d.isEmpty())
        .distinct()
        .sorted()
        .forEach(name -> pages.put(name, read(name)));
    return pages;
  }

  private static List<PageText> read(String name) {
    try (InputStream in = open(name)) {
      byte[] bytes = in.readAllBytes();
      return switch (name.substring(name.lastIndexOf('.'))) {
        case ".pdf" -> pdf(bytes);
        case ".docx" -> List.of(PageText.plain(1, docx(bytes)));
        case ".html" -> List.of(PageText.plain(1, html(bytes)));
        default -> List.of(PageText.plain(1, new String(bytes, StandardCharsets.UTF_8)));
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<PageText> pdf(byte[] bytes) throws IOException {
    List<PageText> pages = new ArrayList<>();
    try (PDDocument document = Loader.loadPDF(bytes)) {
      PDFTextStripper stripper = new PDFTextStripper();
      stripper.setLineSeparator("\n");
      for (int i = 1; i <= document.getNumberOfPages(); i++) {
        stripper.setStartPage(i);
        stripper.setEndPage(i);
        pages.add(PageText.plain(i, stripper.getText(document).replaceAll("-\n(?=\\p{Ll})", "")));
      }
    }
    return pages;
  }

  private static String docx(byte[] bytes) throws IOException {
    StringBuilder text = new StringBuilder();
    try (XWPFDocument document = new XWPFDocument(new ByteArrayInputStream(bytes))) {
      for (IBodyElement element : document.getBodyElements()) {
        if (element instanceof XWPFParagraph paragraph) {
          text.append(paragraph.getText()).append("\n\n");
        } else if (element instanceof XWPFTable table) {
          table
              .getRows()
              .forEach(
                  row ->
                      text.append(
                              String.join(
                                  " | ", row.getTableCells().stream().map(c -> c.getText()).toList()))
                          .append('\n'));
          text.append('\n');
        }
      }
    }
    return text.toString();
  }

  private static String html(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    Jsoup.parse(new String(bytes, StandardCharsets.UTF_8))
        .select("h1, h2, h3, p, li, tr, figcaption, blockquote, dt, dd")
        .forEach(e -> text.append(e.text()).append("\n\n"));
    return text.toString();
  }

  private static InputStream open(String name) throws IOException {
    InputStream in = SampleLibrary.class.getResourceAsStream(FOLDER + name);
    if (in == null) {
      throw new IOException("No sample document " + name);
    }
    return in;
  }
}
