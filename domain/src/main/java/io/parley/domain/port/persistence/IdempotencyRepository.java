package io.parley.domain.port.persistence;

import io.parley.domain.access.UserScope;
import java.time.Instant;

/** Answers kept for repeated requests. */
public interface IdempotencyRepository {

  /** What a key is to a request. */
  sealed interface Claim {
    /** The first request under the key: run it, then {@link #keep} or {@link #release}. */
    record First() implements Claim {}

    /** The first one still runs. */
    record Running() implements Claim {}

    /** Another request has used the key. */
    record Mismatch() implements Claim {}

    /** The same request was answered. */
    record Answered(int status, String contentType, String body) implements Claim {}
  }

  /**
   * Claims a key, exactly once under concurrency. A claim neither kept nor released by {@code
   * expiresAt} is forgotten; so is one that has run for ten minutes.
   *
   * @param key at most 255 characters
   * @param fingerprint of method, path and body
   */
  Claim claim(UserScope scope, String key, String fingerprint, Instant now, Instant expiresAt);

  /** Keeps the answer. */
  void keep(UserScope scope, String key, int status, String contentType, String body);

  /** Forgets the claim, so that the request can be made again. */
  void release(UserScope scope, String key);
}
