package io.parley.testkit.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Makes the binary sample documents from their text sources.
 *
 * <p>Arguments: the folder of the sources and the folder for the documents. {@code docs/samples.md}
 * has the command.
 */
final class GenerateSampleDocuments {

  /** Document to source; the samples in Markdown, HTML and plain text are their own sources. */
  static final Map<String, String> SOURCES =
      Map.of(
          "brackwater-ferries-handbook.pdf", "brackwater-ferries-handbook.txt",
          "halloran-telescope-service-manual.pdf", "halloran-telescope-service-manual.txt",
          "solene-2-trial-summary.pdf", "solene-2-trial-summary.txt",
          "gruenthal-clock-catalogue.pdf", "gruenthal-clock-catalogue.txt",
          "tessaly-glassworks-contract.docx", "tessaly-glassworks-contract.txt",
          "vellmoor-water-report.docx", "vellmoor-water-report.txt");

  private GenerateSampleDocuments() {}

  static void main(String[] args) throws IOException {
    generate(Path.of(args[0]), Path.of(args[1]));
  }

  static void generate(Path sources, Path documents) throws IOException {
    Files.createDirectories(documents);
    for (var sample : SOURCES.entrySet()) {
      var source = SampleSource.read(sources.resolve(sample.getValue()));
      var target = documents.resolve(sample.getKey());
      if (sample.getKey().endsWith(".pdf")) {
        new PdfTypesetter(source).write(target);
      } else {
        new DocxTypesetter(source).write(target);
      }
    }
  }
}
