package io.parley.domain.conversation;

import io.parley.domain.retrieval.SearchHit;

/**
 * A numbered passage that a model may answer from.
 *
 * @param number counts from 1 within one prompt
 */
public record Passage(int number, SearchHit hit) {
  public String text() {
    return hit.found().chunk().content();
  }
}
