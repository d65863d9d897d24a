package io.parley.application.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CheckedBytesTest {

  @Test
  void whatIsSkippedCountsAndAtTheEndNothingIsSkipped() throws IOException {
    try (CheckedBytes bytes = new CheckedBytes(new ByteArrayInputStream(new byte[10]), 6)) {
      assertThat(bytes.skip(4)).isEqualTo(4);
      assertThat(bytes.skip(4)).isEqualTo(2);
      assertThat(bytes.skip(4)).isZero();
      assertThat(bytes.size()).isEqualTo(6);
    }
  }
}
