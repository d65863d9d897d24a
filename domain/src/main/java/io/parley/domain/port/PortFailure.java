package io.parley.domain.port;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something outside Parley failed. Adapters translate what their vendor throws into this, in one
 * place.
 */
public final class PortFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final String backend;
  private final @Nullable Duration retryAfter;

  /** What went wrong, as far as it matters to the caller. */
  public enum Kind {
    /** Cannot be reached, or is shutting down. */
    UNAVAILABLE(true),
    /** Did not answer before the deadline. */
    TIMEOUT(true),
    /** Asked us to slow down. */
    RATE_LIMITED(true),
    /** Does not accept our credentials. */
    CREDENTIALS_REJECTED(false),
    /** Is set up so that it cannot do what was asked; a setting must change. */
    INVALID_CONFIGURATION(false),
    /** Returned, or holds, what cannot be right. */
    CORRUPT_DATA(false),
    /** Has no space left. */
    STORAGE_FULL(true);

    private final boolean retryable;

    Kind(boolean retryable) {
      this.retryable = retryable;
    }
  }

  /**
   * @param backend what people call the thing that failed, such as {@code PostgreSQL}
   * @param sentence what happened and what to do; no secret, no document text
   */
  public PortFailure(Kind kind, String backend, String sentence, @Nullable Throwable cause) {
    this(kind, backend, sentence, cause, null);
  }

  /**
   * @param retryAfter how long the backend asked us to wait
   */
  public PortFailure(
      Kind kind,
      String backend,
      String sentence,
      @Nullable Throwable cause,
      @Nullable Duration retryAfter) {
    super(sentence, cause);
    this.kind = kind;
    this.backend = backend;
    this.retryAfter = retryAfter;
  }

  public Kind kind() {
    return kind;
  }

  public String backend() {
    return backend;
  }

  /** Whether the same call may succeed later without anybody changing anything. */
  public boolean retryable() {
    return kind.retryable;
  }

  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** The sentence for people. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
