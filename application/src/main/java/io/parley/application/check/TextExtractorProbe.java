package io.parley.application.check;

import static io.parley.application.check.CheckFailed.unless;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.domain.document.ContentType;
import io.parley.domain.document.PageText;
import io.parley.domain.port.ai.ExtractionResult;
import io.parley.domain.port.ai.ReaderIsolation;
import io.parley.domain.port.ai.TextExtractor;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tries the reader of files: a good file, a broken one, and how far it is kept apart. */
public final class TextExtractorProbe implements Probe {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String WORDS = "The lighthouse was built in 1871.";
  private static final long MOST_MEGABYTES = 1_024;

  private final Subject subject;
  private final Supplier<TextExtractor> opener;
  private @Nullable TextExtractor opened;

  public TextExtractorProbe(Subject subject, Supplier<TextExtractor> opener) {
    this.subject = subject;
    this.opener = opener;
  }

  @Override
  public Subject subject() {
    return subject;
  }

  @Override
  public List<Check> checks() {
    return List.of(
        Check.needed("read a file", LIMIT, this::good),
        Check.of("broken file", LIMIT, this::broken),
        Check.of("isolation", LIMIT, this::isolation));
  }

  private TextExtractor extractor() {
    if (opened == null) {
      opened = opener.get();
    }
    return Optional.ofNullable(opened).orElseThrow();
  }

  private ExtractionResult read(String content, ContentType type, List<PageText> pages) {
    return extractor().extract(new ByteArrayInputStream(content.getBytes(UTF_8)), type, pages::add);
  }

  private Verdict good() {
    requireRead();
    return Verdict.passed();
  }

  private void requireRead() {
    List<PageText> pages = new ArrayList<>();
    ExtractionResult result = read(WORDS, ContentType.TEXT, pages);
    unless(
        result instanceof ExtractionResult.Extracted
            && pages.stream().anyMatch(page -> page.text().contains(WORDS)),
        "The text of a plain file was not found in it.");
  }

  private Verdict broken() {
    ExtractionResult result =
        read("%PDF-1.7\n%broken\ntrailer\n<<\n", ContentType.PDF, new ArrayList<>());
    unless(
        result instanceof ExtractionResult.Unreadable,
        "A broken file was not told from a good one.");
    requireRead();
    return Verdict.passed("told, and the next one read");
  }

  private Verdict isolation() {
    ReaderIsolation found = extractor().tryIsolation();
    unless(found.ownProcess(), "Files are read in the server's own process.");
    unless(
        found.ways().isEmpty(),
        "What reads files can reach the network (" + String.join(", ", found.ways()) + ").");
    unless(
        found.inherited().isEmpty(),
        "What reads files sees the server's environment ("
            + found.inherited().size()
            + " variables).");
    unless(
        found.heapMegabytes() <= MOST_MEGABYTES,
        "What reads files may take " + found.heapMegabytes() + " MB of memory.");
    return Verdict.passed(
        "own process, %s, %d MB"
            .formatted(
                found.namespace()
                    ? "own network namespace"
                    : "sockets refused (no network namespace can be made here)",
                found.heapMegabytes()));
  }

  @Override
  public List<String> cleanUp() {
    Optional.ofNullable(opened).ifPresent(TextExtractor::close);
    return List.of();
  }
}
