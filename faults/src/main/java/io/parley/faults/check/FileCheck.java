package io.parley.faults.check;

import io.parley.faults.ledger.Canary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/**
 * No word of what was erased stands in any file below a directory, whoever wrote it: tables,
 * write-ahead log, indexes, logs. To be asked when every erasure was verified and nothing runs.
 */
public final class FileCheck {
  private FileCheck() {}

  /**
   * Reads each file to its end.
   *
   * @param except names of files that are no part of the stores
   */
  public static Findings of(Path root, Set<String> erased, Set<String> except) throws IOException {
    Findings findings = new Findings();
    for (Path file : files(root)) {
      if (!except.contains(file.getFileName().toString())) {
        read(root, file, erased, findings);
      }
    }
    return findings;
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static void read(Path root, Path file, Set<String> erased, Findings findings)
      throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    Matcher canary = Canary.PATTERN.matcher(text);
    while (canary.find()) {
      if (erased.contains(canary.group())) {
        findings.violation(
            "an erased word is in a file", canary.group() + " " + root.relativize(file));
      }
    }
    findings.count("files read to their end", 1);
  }
}
