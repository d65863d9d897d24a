package io.parley.adapter.ai.extraction.worker;

import io.parley.domain.document.PageText;
import org.jspecify.annotations.Nullable;

/** What the child says. */
public sealed interface Frame {

  /** The child is up and takes requests. */
  record Ready() implements Frame {}

  /** The next page. */
  record Page(PageText page) implements Frame {}

  /** All pages were sent. */
  record Done(@Nullable String title, int pageCount) implements Frame {}

  /** The file cannot be used. */
  record Failed(Problem problem) implements Frame {}
}
