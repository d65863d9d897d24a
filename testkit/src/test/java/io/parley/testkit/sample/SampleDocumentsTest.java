package io.parley.testkit.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleDocumentsTest {

  @Test
  void thereAreTenInFiveFormatsOfLessThanAMegabyteTogether() throws Exception {
    var size = 0L;
    try (var files = Files.list(samples())) {
      for (var file : files.toList()) {
        size += Files.size(file);
      }
    }
    var formats =
        SampleQuestionsTest.readTexts(samples()).stream()
            .collect(
                Collectors.groupingBy(
                    text -> text.document().replaceAll(".*\\.", ""), Collectors.counting()));

    assertThat(formats)
        .containsOnly(
            Map.entry("pdf", 4L),
            Map.entry("docx", 2L),
            Map.entry("md", 2L),
            Map.entry("html", 1L),
            Map.entry("txt", 1L));
    assertThat(size).isLessThan(1_000_000);
  }

  @Test
  void theHandbookHasMoreThanFiftyPagesOfProseATitleAndAnOutline() throws Exception {
    try (var handbook =
        Loader.loadPDF(samples().resolve("brackwater-ferries-handbook.pdf").toFile())) {
      var outline = handbook.getDocumentCatalog().getDocumentOutline();

      assertThat(handbook.getNumberOfPages()).isGreaterThan(50);
      assertThat(handbook.getDocumentInformation().getTitle()).contains("Brackwater Ferries");
      assertThat(StreamSupport.stream(outline.children().spliterator(), false)).hasSize(12);
    }
    var pages = SampleText.of(samples().resolve("brackwater-ferries-handbook.pdf")).pages();
    assertThat(pages.stream().filter(page -> page.split(" ").length >= 140)).hasSizeGreaterThan(50);
    assertThat(pages).doesNotHaveDuplicates();
  }

  @Test
  void theHandbookBreaksWordsAtLineEnds() throws Exception {
    try (var handbook =
        Loader.loadPDF(samples().resolve("brackwater-ferries-handbook.pdf").toFile())) {
      assertThat(new PDFTextStripper().getText(handbook))
          .containsPattern("\\bsum-\\s*\\R\\s*mer\\b");
    }
  }

  @Test
  void theSourcesGiveTheDocumentsThatAreKept(@TempDir Path fresh) throws Exception {
    GenerateSampleDocuments.generate(folderOf("/sample-sources/vellmoor-water-report.txt"), fresh);

    for (var name : GenerateSampleDocuments.SOURCES.keySet()) {
      assertThat(SampleText.of(fresh.resolve(name)))
          .isEqualTo(SampleText.of(samples().resolve(name)));
    }
  }

  @Test
  void theSameSourcesGiveTheSameBytes(@TempDir Path first, @TempDir Path second)
      throws IOException, URISyntaxException {
    var sources = folderOf("/sample-sources/vellmoor-water-report.txt");

    GenerateSampleDocuments.generate(sources, first);
    GenerateSampleDocuments.generate(sources, second);

    for (var name : GenerateSampleDocuments.SOURCES.keySet()) {
      assertThat(first.resolve(name)).hasSameBinaryContentAs(second.resolve(name));
    }
  }

  private static Path samples() throws URISyntaxException {
    return folderOf("/io/parley/testkit/sample/questions.json");
  }

  private static Path folderOf(String resource) throws URISyntaxException {
    var url = Objects.requireNonNull(SampleDocumentsTest.class.getResource(resource));
    return Objects.requireNonNull(Path.of(url.toURI()).getParent());
  }
}
