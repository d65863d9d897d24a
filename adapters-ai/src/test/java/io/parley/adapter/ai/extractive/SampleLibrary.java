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
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/** The sample documents, read in the plainest way there is, and the questions about them. */
final class SampleLibrary {
  private static final String FOLDER = "/io/parley/testkit/sample/";

  private SampleLibrary() {}

  /**
   * A question; {@code document} is empty when none answers it, {@code page} 0 when it has no
   * number.
   */
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

  /** Paragraphs, and rows of tables with their cells side by side, from the file's main part. */
  private static String docx(byte[] bytes) throws IOException {
    StringBuilder text = new StringBuilder();
    Document body = Jsoup.parse(part(bytes, "word/document.xml"), "", Parser.xmlParser());
    for (Element element : body.getElementsByTag("w:body").first().children()) {
      if (element.nodeName().equals("w:tbl")) {
        element
            .getElementsByTag("w:tr")
            .forEach(row -> text.append(cells(row, "w:tc", " | ")).append('\n'));
        text.append('\n');
      } else {
        text.append(cells(element, "w:t", "")).append("\n\n");
      }
    }
    return text.toString();
  }

  private static String cells(Element parent, String tag, String separator) {
    return parent.getElementsByTag(tag).stream()
        .map(Element::wholeText)
        .collect(Collectors.joining(separator));
  }

  private static String part(byte[] bytes, String name) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals(name)) {
          return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
        }
      }
    }
    throw new IOException("No part " + name);
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
