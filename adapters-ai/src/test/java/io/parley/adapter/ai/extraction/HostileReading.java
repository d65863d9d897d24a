package io.parley.adapter.ai.extraction;

import io.parley.domain.document.ContentType;
import io.parley.domain.port.ai.ContentTypeDetector;
import io.parley.domain.port.ai.ExtractionResult;
import io.parley.domain.port.ai.ExtractionResult.Extracted;
import io.parley.domain.port.ai.ExtractionResult.Unreadable;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A small server that reads files which attack, one after another, and tells what became of each
 * and of its own memory: {@code file}, name, outcome, sentence; {@code memory}, moment, heap and
 * resident kilobytes; {@code replaced}, milliseconds until another file was read after the child
 * was killed, several times.
 */
final class HostileReading {

  private static final List<String> WARMING =
      List.of("brackwater-ferries-handbook.pdf", "gruenthal-clock-catalogue.pdf");
  private static final String GOOD = "A good file.";
  private static final int KILLS = 3;

  private HostileReading() {}

  public static void main(String[] arguments) throws IOException {
    Path scratch = Path.of(arguments[0]);
    Duration limit = Duration.parse(arguments[1]);
    try (ProcessTextExtractor extractor =
        ProcessTextExtractor.open(ExtractionConfig.defaults(scratch).withTimeLimit(limit))) {
      read(extractor, GOOD);
      warmUp(extractor);
      memory("before");
      for (int i = 2; i < arguments.length; i++) {
        System.out.println(told(extractor, Path.of(arguments[i])));
        memory("during");
      }
      memory("after");
      for (int i = 0; i < KILLS; i++) {
        kill(extractor);
      }
    }
  }

  /** A server that has read nothing yet is smaller than one at work. */
  private static void warmUp(ProcessTextExtractor extractor) throws IOException {
    for (String sample : WARMING) {
      String name = "/io/parley/testkit/sample/" + sample;
      for (int i = 0; i < 3; i++) {
        try (InputStream in =
            Objects.requireNonNull(HostileReading.class.getResourceAsStream(name))) {
          extractor.extract(in, ContentType.PDF, page -> {});
        }
      }
    }
  }

  private static String told(ProcessTextExtractor extractor, Path file) throws IOException {
    Optional<ContentType> type = type(file);
    if (type.isEmpty()) {
      return line(file, "415", "");
    }
    try (InputStream content = Files.newInputStream(file)) {
      ExtractionResult result = extractor.extract(content, type.get(), page -> {});
      return switch (result) {
        case Extracted _ -> line(file, "read", "");
        case Unreadable(var cause, String sentence) ->
            line(file, cause.name().toLowerCase(Locale.ROOT), sentence);
      };
    }
  }

  private static String line(Path file, String outcome, String sentence) {
    return String.join("\t", "file", file.getFileName().toString(), outcome, sentence);
  }

  private static Optional<ContentType> type(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      byte[] head = in.readNBytes(ContentTypeDetector.HEAD);
      return new MagicContentTypeDetector().detect(head, file.getFileName().toString());
    }
  }

  private static void memory(String moment) throws IOException {
    Runtime java = Runtime.getRuntime();
    long heap = 0;
    if (!moment.equals("during")) {
      System.gc();
      heap = (java.totalMemory() - java.freeMemory()) / 1024;
    }
    System.out.println("memory\t" + moment + "\t" + heap + "\t" + resident());
  }

  private static long resident() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }

  private static void kill(ProcessTextExtractor extractor) throws IOException {
    read(extractor, GOOD);
    extractor
        .processIds()
        .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    long start = System.nanoTime();
    boolean well = read(extractor, GOOD) instanceof Extracted;
    System.out.println("replaced\t" + (System.nanoTime() - start) / 1_000_000 + "\t" + well);
  }

  private static ExtractionResult read(ProcessTextExtractor extractor, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (InputStream in = new ByteArrayInputStream(bytes)) {
      return extractor.extract(in, ContentType.TEXT, page -> {});
    }
  }
}
