package io.parley.testkit.ai;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** One of the sample documents a type. */
final class SampleFiles {

  private static final String FOLDER = "/io/parley/testkit/sample/";

  private SampleFiles() {}

  /** Sixty pages. */
  static byte[] pdf() throws IOException {
    return read("brackwater-ferries-handbook.pdf");
  }

  static byte[] docx() throws IOException {
    return read("vellmoor-water-report.docx");
  }

  static byte[] text() throws IOException {
    return read("heatherdown-bee-yearbook.txt");
  }

  static byte[] markdown() throws IOException {
    return read("castell-aranda-chess.md");
  }

  static byte[] html() throws IOException {
    return read("ilse-marrable-biography.html");
  }

  /** By its name, as {@code docs/samples.md} has it. */
  static byte[] named(String name) throws IOException {
    return read(name);
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(SampleFiles.class.getResourceAsStream(FOLDER + name), name)) {
      return in.readAllBytes();
    }
  }
}
