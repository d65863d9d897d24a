package io.parley.testkit.hostile;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** The sample documents cut in half, and with noise in them. */
final class DamagedFiles {

  private static final String FOLDER = "/io/parley/testkit/sample/";
  private static final List<String> SAMPLES =
      List.of(
          "solene-2-trial-summary.pdf",
          "tessaly-glassworks-contract.docx",
          "kestrel-berths.xlsx",
          "kestrel-berths.xls",
          "kestrel-talk.pptx",
          "kestrel-talk.ppt",
          "kestrel-rules.doc",
          "kestrel-rules.odt",
          "kestrel-history.epub",
          "kestrel-letter.rtf",
          "kestrel-mail.eml",
          "kestrel-log.json");

  private DamagedFiles() {}

  static List<HostileFile> all() {
    List<HostileFile> files = new ArrayList<>();
    for (String sample : SAMPLES) {
      files.add(
          new HostileFile(
              "half-" + sample,
              "the first half of a good file",
              out -> {
                byte[] whole = read(sample);
                out.write(Arrays.copyOf(whole, whole.length / 2));
              }));
      files.add(
          new HostileFile(
              "noise-" + sample,
              "a good file with every fiftieth byte changed",
              out -> out.write(noisy(read(sample)))));
    }
    return files;
  }

  /** The same noise every time; the first bytes stay, so that the type is found. */
  private static byte[] noisy(byte[] file) {
    Random random = new Random(7);
    for (int i = Math.min(2_048, file.length / 4); i < file.length; i += 1 + random.nextInt(99)) {
      file[i] = (byte) random.nextInt();
    }
    return file;
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(DamagedFiles.class.getResourceAsStream(FOLDER + name), name)) {
      return in.readAllBytes();
    }
  }
}
