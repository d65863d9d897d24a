package io.parley.domain.port;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list that is too long to be held. What is there all the while that the portions are
 * read is in exactly one of them; what comes or goes meanwhile may be in one or in none.
 *
 * @param next where the next portion begins, in the words of whoever lists; absent after the last
 */
public record Portion<T>(List<T> items, @Nullable String next) {
  public Portion {
    items = List.copyOf(items);
  }
}
