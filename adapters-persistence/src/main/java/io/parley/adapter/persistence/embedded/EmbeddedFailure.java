package io.parley.adapter.persistence.embedded;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import org.jspecify.annotations.Nullable;

/** What goes wrong with the embedded server, as failures of a port. */
final class EmbeddedFailure {

  private static final String BACKEND = "embedded PostgreSQL";

  private EmbeddedFailure() {}

  static PortFailure configuration(String sentence, @Nullable Throwable cause) {
    return new PortFailure(Kind.INVALID_CONFIGURATION, BACKEND, sentence, cause);
  }

  static PortFailure unavailable(String sentence, @Nullable Throwable cause) {
    return new PortFailure(Kind.UNAVAILABLE, BACKEND, sentence, cause);
  }

  static PortFailure timeout(String sentence) {
    return new PortFailure(Kind.TIMEOUT, BACKEND, sentence, null);
  }
}
