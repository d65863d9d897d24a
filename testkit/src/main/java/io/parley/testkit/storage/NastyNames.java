package io.parley.testkit.storage;

import java.util.List;

/** Names that some file system would refuse, shorten, or take for each other. */
public final class NastyNames {

  /** No two are the same string. */
  public static final List<String> ALL =
      List.of(
          "report.pdf",
          "Report.pdf",
          "REPORT.PDF",
          "report.pdf.",
          "report.pdf ",
          "...",
          "..hidden",
          "..",
          ".",
          "../../../../etc/passwd",
          "/etc/passwd",
          "..\\..\\boot.ini",
          "CON",
          "con.txt",
          "nul",
          "com1.pdf",
          "v2",
          "v3",
          "a:b*c?d\"e<f>g|h",
          "100%25.txt",
          "100%.txt",
          "~",
          "-rf",
          "caf\u00e9.txt",
          "cafe\u0301.txt",
          "\uD83D\uDC1D\uD83C\uDFFD.md",
          "\uD83D",
          "\uDC1D",
          "\u8A9E".repeat(255),
          "\u8A9E".repeat(254) + "\u8A00",
          "a".repeat(255),
          "a".repeat(254) + "b");

  private NastyNames() {}
}
