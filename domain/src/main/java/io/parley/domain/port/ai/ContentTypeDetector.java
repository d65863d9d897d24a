package io.parley.domain.port.ai;

import io.parley.domain.document.ContentType;
import java.util.Optional;

/** Tells what a file is from its bytes. */
public interface ContentTypeDetector {

  /** How many of a file's first bytes {@link #detect} wants. */
  int HEAD = 65_536;

  /**
   * The type, empty when it is none that Parley reads.
   *
   * @param head the first {@link #HEAD} bytes, or all of a shorter file; never empty
   * @param name decides only between types that bytes cannot tell apart (plain text and Markdown)
   */
  Optional<ContentType> detect(byte[] head, String name);
}
