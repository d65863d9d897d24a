package io.parley.adapter.web.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.adapter.web.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies share what memory there is, and give it back. */
final class JsonMemoryTest {
  private static final int ALL = 1 << 20;

  private final JsonMemory memory = new JsonMemory(ALL);

  private static InputStream body(int bytes) {
    return new ByteArrayInputStream(new byte[bytes]);
  }

  private static int read(InputStream body) {
    try {
      return body.readAllBytes().length;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, ALL / 2})
  void aBodyHoldsItsShareWhileItIsWorkedOn(int declared) {
    long left =
        memory.within(
            body(ALL / 2),
            declared,
            body -> {
              assertThat(read(body)).isEqualTo(ALL / 2);
              return memory.free();
            });
    assertThat(left).isEqualTo(declared < 0 ? 0 : ALL / 2L);
    assertThat(memory.free()).isEqualTo(ALL);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 3 * ALL})
  void aBodyLargerThanTheMemoryIsReadAlone(int declared) {
    int length = memory.within(body(3 * ALL), declared, JsonMemoryTest::read);
    assertThat(length).isEqualTo(3 * ALL);
  }

  @Test
  void aBodyThatFindsNoRoomIsPutOffAndTheOtherGoesOn() {
    memory.within(
        body(ALL),
        ALL,
        first -> {
          int length = read(first);
          assertThatThrownBy(() -> memory.within(body(10), 10, JsonMemoryTest::read))
              .isInstanceOf(ProblemException.class);
          return length;
        });
    assertThat(memory.free()).isEqualTo(ALL);
  }
}
