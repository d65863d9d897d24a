package io.parley.application.conversation;

import org.jspecify.annotations.Nullable;

/**
 * What somebody asks.
 *
 * @param content 1–32,000 UTF-16 units, not blank
 * @param selectedText the passage that the reader marked; the answer is about it first
 * @param language the language to answer in, ISO 639-1; absent for the question's own
 */
public record Question(String content, @Nullable String selectedText, @Nullable String language) {

  /** Nothing marked, no language chosen. */
  public static Question of(String content) {
    return new Question(content, null, null);
  }
}
