package io.parley.adapter.vectorstore.lucene;

import io.parley.domain.retrieval.LogPosition;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a commit says about itself: how it was made, and how far it has read the log. */
record IndexOrigin(String recipe, LogPosition position) {

  private static final String RECIPE = "parley.recipe";
  private static final String POSITION = "parley.position";
  private static final String ENTRY = "parley.entry";

  Map<String, String> userData() {
    UUID entry = position.entry();
    String number = Long.toString(position.position());
    return entry == null
        ? Map.of(RECIPE, recipe, POSITION, number)
        : Map.of(RECIPE, recipe, POSITION, number, ENTRY, entry.toString());
  }

  /**
   * @throws IllegalArgumentException when the commit is not one of ours
   */
  static IndexOrigin read(Map<String, String> userData) {
    long number = Long.parseLong(present(userData.get(POSITION)));
    String entry = userData.get(ENTRY);
    LogPosition position = new LogPosition(number, entry == null ? null : UUID.fromString(entry));
    return new IndexOrigin(present(userData.get(RECIPE)), position);
  }

  private static String present(@Nullable String value) {
    if (value == null) {
      throw new IllegalArgumentException("Not a commit of Parley's.");
    }
    return value;
  }
}
