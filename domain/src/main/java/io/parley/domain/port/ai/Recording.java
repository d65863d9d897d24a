package io.parley.domain.port.ai;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Something spoken.
 *
 * @param size bytes, exactly as many as the source gives
 * @param language what is spoken, as ISO 639 names it in two or three small letters, such as {@code
 *     ur}; absent where that is not known
 */
public record Recording(AudioType type, long size, @Nullable String language, Source source) {

  /** Where its bytes come from. */
  @FunctionalInterface
  public interface Source {
    /** From the beginning, each time. Whoever opens it closes it. */
    InputStream open() throws IOException;
  }

  public Recording {
    if (size < 0) {
      throw new IllegalArgumentException("A recording has 0 bytes or more.");
    }
    if (language != null && !language.matches("[a-z]{2,3}")) {
      throw new IllegalArgumentException("A language has two or three small letters.");
    }
  }
}
