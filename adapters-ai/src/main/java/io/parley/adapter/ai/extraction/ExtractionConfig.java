package io.parley.adapter.ai.extraction;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How files are read.
 *
 * @param java the {@code java} executable that the child runs under
 * @param classPath the child's class path
 * @param heapMegabytes the child's largest heap, at least 32
 * @param timeLimit how long one file may keep its caller waiting for the child, once that is up
 * @param maxText most UTF-16 units of text in one file
 * @param maxPages most pages in one file
 * @param idleTime how long a child is kept for the next file
 * @param maxChildren how many files are read at once; further callers wait
 * @param temporaryDirectory where files lie while they are read, in private directories of their
 *     own, not shared with other machines or containers; what a killed server left there is removed
 *     at the next start
 */
public record ExtractionConfig(
    Path java,
    String classPath,
    int heapMegabytes,
    Duration timeLimit,
    long maxText,
    int maxPages,
    Duration idleTime,
    int maxChildren,
    Path temporaryDirectory) {

  public ExtractionConfig {
    check(heapMegabytes >= 32, "The reader of files needs a heap of at least 32 MB.");
    check(isPositive(timeLimit), "The time limit for a file must be longer than nothing.");
    check(maxText > 0 && maxPages > 0, "At least one page with text must be allowed.");
    check(isPositive(idleTime), "The idle time of the reader must be longer than nothing.");
    check(maxChildren > 0, "At least one file must be allowed at a time.");
    check(!classPath.isBlank(), "The reader of files needs a class path.");
  }

  /** The defaults, under the Java that runs this. */
  public static ExtractionConfig defaults(Path temporaryDirectory) {
    return new ExtractionConfig(
        Path.of(System.getProperty("java.home"), "bin", executable()),
        WorkerClassPath.own(),
        256,
        Duration.ofSeconds(60),
        64L * 1024 * 1024,
        200_000,
        Duration.ofMinutes(1),
        2,
        temporaryDirectory);
  }

  private static String executable() {
    return File.separatorChar == '\\' ? "java.exe" : "java";
  }

  private static boolean isPositive(Duration duration) {
    return duration.isPositive();
  }

  private static void check(boolean right, String sentence) {
    if (!right) {
      throw new IllegalArgumentException(sentence);
    }
  }

  public ExtractionConfig withHeapMegabytes(int heap) {
    return new ExtractionConfig(
        java,
        classPath,
        heap,
        timeLimit,
        maxText,
        maxPages,
        idleTime,
        maxChildren,
        temporaryDirectory);
  }

  public ExtractionConfig withTimeLimit(Duration limit) {
    return new ExtractionConfig(
        java,
        classPath,
        heapMegabytes,
        limit,
        maxText,
        maxPages,
        idleTime,
        maxChildren,
        temporaryDirectory);
  }

  public ExtractionConfig withOutputLimits(long text, int pages) {
    return new ExtractionConfig(
        java,
        classPath,
        heapMegabytes,
        timeLimit,
        text,
        pages,
        idleTime,
        maxChildren,
        temporaryDirectory);
  }

  public ExtractionConfig withIdleTime(Duration idle) {
    return new ExtractionConfig(
        java,
        classPath,
        heapMegabytes,
        timeLimit,
        maxText,
        maxPages,
        idle,
        maxChildren,
        temporaryDirectory);
  }

  public ExtractionConfig withMaxChildren(int children) {
    return new ExtractionConfig(
        java,
        classPath,
        heapMegabytes,
        timeLimit,
        maxText,
        maxPages,
        idleTime,
        children,
        temporaryDirectory);
  }

  public ExtractionConfig withClassPath(String path) {
    return new ExtractionConfig(
        java,
        path,
        heapMegabytes,
        timeLimit,
        maxText,
        maxPages,
        idleTime,
        maxChildren,
        temporaryDirectory);
  }
}
