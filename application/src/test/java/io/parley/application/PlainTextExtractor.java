package io.parley.application;

import io.parley.domain.document.ContentType;
import io.parley.domain.document.PageText;
import io.parley.domain.port.ai.ExtractionResult;
import io.parley.domain.port.ai.ReaderIsolation;
import io.parley.domain.port.ai.TextExtractor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Plain text with form feeds between its pages. {@code %BROKEN} cannot be read. */
public final class PlainTextExtractor implements TextExtractor {
  public final AtomicInteger calls = new AtomicInteger();

  @Override
  public ExtractionResult extract(
      InputStream content, ContentType type, Consumer<PageText> onPage) {
    calls.incrementAndGet();
    String text = read(content);
    if (text.startsWith("%BROKEN")) {
      return new ExtractionResult.Unreadable(
          ExtractionResult.Cause.BROKEN, "The file is broken. Save it again.");
    }
    String[] pages = text.split("\f", -1);
    for (int i = 0; i < pages.length; i++) {
      onPage.accept(PageText.plain(i + 1, pages[i]));
    }
    return new ExtractionResult.Extracted(null, pages.length);
  }

  private static String read(InputStream content) {
    try {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** It reads in the caller's own process, and says so. */
  @Override
  public ReaderIsolation tryIsolation() {
    return new ReaderIsolation(
        false,
        false,
        List.of("socket"),
        System.getenv().keySet(),
        Runtime.getRuntime().maxMemory() >> 20);
  }

  @Override
  public void close() {}
}
