package io.parley.adapter.ai.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.document.ContentType;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExtractionConfigTest {

  @TempDir private Path directory;

  @Test
  void the_defaults_end_a_file_within_ninety_seconds() {
    ExtractionConfig config = ExtractionConfig.defaults(directory);

    assertThat(config.timeLimit()).isLessThanOrEqualTo(Duration.ofSeconds(60));
    assertThat(config.idleTime()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.heapMegabytes()).isEqualTo(256);
  }

  @Test
  void the_child_gets_only_the_jars_that_it_needs() {
    List<String> places =
        List.of(ExtractionConfig.defaults(directory).classPath().split(File.pathSeparator, -1));

    assertThat(places).hasSize(21).noneMatch(place -> place.contains("langchain4j"));
  }

  @Test
  void what_makes_no_sense_is_refused() {
    ExtractionConfig config = ExtractionConfig.defaults(directory);

    assertThatIllegalArgumentException().isThrownBy(() -> config.withHeapMegabytes(31));
    assertThatIllegalArgumentException().isThrownBy(() -> config.withTimeLimit(Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> config.withIdleTime(Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> config.withMaxChildren(0));
    assertThatIllegalArgumentException().isThrownBy(() -> config.withOutputLimits(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> config.withClassPath(" "));
  }

  @Test
  void a_child_that_does_not_come_up_is_no_fault_of_the_file() {
    try (ProcessTextExtractor extractor =
        ProcessTextExtractor.open(
            ExtractionConfig.defaults(directory).withClassPath("/nowhere.jar"))) {
      assertFailure(extractor, InputStream.nullInputStream(), Kind.UNAVAILABLE);
    }
  }

  @Test
  void a_stream_that_breaks_is_no_fault_of_the_file() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("gone");
          }

          @Override
          public int read(byte[] bytes, int from, int length) throws IOException {
            throw new IOException("gone");
          }
        };
    try (ProcessTextExtractor extractor =
        ProcessTextExtractor.open(ExtractionConfig.defaults(directory))) {
      assertFailure(extractor, broken, Kind.UNAVAILABLE);
    }
  }

  @Test
  void a_directory_that_cannot_be_made_is_told_at_once() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> ProcessTextExtractor.open(ExtractionConfig.defaults(file)))
        .isInstanceOfSatisfying(
            PortFailure.class,
            failure -> assertThat(failure.kind()).isEqualTo(Kind.INVALID_CONFIGURATION));
  }

  @Test
  void nothing_is_read_after_closing() {
    ProcessTextExtractor extractor =
        ProcessTextExtractor.open(ExtractionConfig.defaults(directory));
    extractor.close();

    assertFailure(extractor, new ByteArrayInputStream(new byte[1]), Kind.UNAVAILABLE);
  }

  private static void assertFailure(
      ProcessTextExtractor extractor, InputStream content, Kind kind) {
    assertThatThrownBy(() -> extractor.extract(content, ContentType.TEXT, page -> {}))
        .isInstanceOfSatisfying(
            PortFailure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
  }
}
