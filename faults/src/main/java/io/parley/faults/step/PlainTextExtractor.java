package io.parley.faults.step;

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
import java.util.function.Consumer;

/** Text is text: no process of its own is started for it, which would be slower than the rest. */
final class PlainTextExtractor implements TextExtractor {
  @Override
  public ExtractionResult extract(
      InputStream content, ContentType type, Consumer<PageText> onPage) {
    try {
      String text = new String(content.readAllBytes(), StandardCharsets.UTF_8).strip();
      int middle = text.indexOf("\n\n", text.length() / 2);
      if (middle < 0) {
        onPage.accept(PageText.plain(1, text));
        return new ExtractionResult.Extracted(null, 1);
      }
      onPage.accept(PageText.plain(1, text.substring(0, middle)));
      onPage.accept(PageText.plain(2, text.substring(middle + 2)));
      return new ExtractionResult.Extracted(null, 2);
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
  public void close() {
    // Nothing is held.
  }
}
