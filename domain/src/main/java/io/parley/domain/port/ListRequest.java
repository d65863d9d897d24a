package io.parley.domain.port;

/**
 * Which part of a list is wanted.
 *
 * @param skip at least 0
 * @param limit 1–1,000
 */
public record ListRequest(int skip, int limit) {
  public ListRequest {
    if (skip < 0 || limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("skip must be at least 0 and limit 1 to 1,000.");
    }
  }
}
