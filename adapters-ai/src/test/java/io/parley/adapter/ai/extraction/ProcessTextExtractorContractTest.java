package io.parley.adapter.ai.extraction;

import io.parley.domain.port.ai.TextExtractor;
import io.parley.testkit.ai.TextExtractorContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class ProcessTextExtractorContractTest extends TextExtractorContract {

  @TempDir private static Path directory;

  private static ProcessTextExtractor extractor;

  @BeforeAll
  static void open() {
    extractor = ProcessTextExtractor.open(ExtractionConfig.defaults(directory));
  }

  @AfterAll
  static void close() {
    extractor.close();
  }

  @Override
  protected TextExtractor extractor() {
    return extractor;
  }
}
