package io.parley.benchmarks.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Proportional set sizes as Linux counts them: a page that n processes share counts 1/n for each.
 *
 * @param kibibytes by what is mapped
 */
record ProportionalMemory(Map<Kind, Long> kibibytes) {

  /** What a mapping is of. */
  enum Kind {
    JAVA("JVM: heap, metaspace, native memory"),
    START_CACHE("JVM: start-up cache"),
    PROGRAMS("libraries, JDK and jars"),
    POSTGRESQL("PostgreSQL"),
    INDEX("mapped index");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  ProportionalMemory {
    kibibytes = Map.copyOf(kibibytes);
  }

  static ProportionalMemory of(List<Long> processes, Path data) throws IOException {
    String index = data.toRealPath().resolve("index").toString();
    Map<Kind, Long> sums = new HashMap<>();
    for (long pid : processes) {
      Path process = Path.of("/proc", Long.toString(pid));
      boolean postgres =
          Files.readString(process.resolve("comm")).toLowerCase(Locale.ROOT).startsWith("postgres");
      add(sums, Files.readAllLines(process.resolve("smaps")), postgres, index);
    }
    return new ProportionalMemory(sums);
  }

  private static void add(
      Map<Kind, Long> sums, List<String> smaps, boolean postgres, String index) {
    Kind kind = Kind.JAVA;
    for (String line : smaps) {
      String[] words = line.split("\\s+", 6);
      if (words[0].matches("[0-9a-f]+-[0-9a-f]+")) {
        kind = postgres ? Kind.POSTGRESQL : kind(words.length == 6 ? words[5] : "", index);
      } else if (words[0].equals("Pss:")) {
        sums.merge(kind, Long.parseLong(words[1]), Long::sum);
      }
    }
  }

  private static Kind kind(String mapped, String index) {
    if (mapped.startsWith(index)) {
      return Kind.INDEX;
    }
    if (mapped.endsWith(".aot")) {
      return Kind.START_CACHE;
    }
    return mapped.startsWith("/") ? Kind.PROGRAMS : Kind.JAVA;
  }

  /** Everything but the mapped index. */
  double megabytes() {
    return kibibytes.entrySet().stream()
            .filter(e -> e.getKey() != Kind.INDEX)
            .mapToLong(Map.Entry::getValue)
            .sum()
        / 1024.0;
  }

  double megabytes(Kind kind) {
    return kibibytes.getOrDefault(kind, 0L) / 1024.0;
  }
}
