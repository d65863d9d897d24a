package io.parley.application.check;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.ChunkId;
import io.parley.domain.port.IdSource;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.IndexedWords;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Short texts of a few sources: a word that stands in each of them, and one that is its own. */
final class SampleWords {
  static final String IN_ALL = "lighthouse";

  /** No analyser makes another word of these. */
  private static final String LETTERS = "bcdfghjkmpqrtvwxz";

  private static final int OWN_LETTERS = 4;

  private final SampleVectors places;

  SampleWords(BotScope scope, IdSource ids) {
    this.places = new SampleVectors(scope, 1, ids);
  }

  BotScope scope() {
    return places.scope();
  }

  List<IndexedWords> first(int count) {
    return IntStream.range(0, count).mapToObj(this::at).toList();
  }

  IndexedWords at(int i) {
    IndexedVector place = places.at(i);
    return new IndexedWords(
        place.id(), place.attributes(), "The " + IN_ALL + " of " + own(i) + " burns.", "en");
  }

  /** The word that stands in that text alone. */
  static String own(int i) {
    StringBuilder word = new StringBuilder("zq");
    for (int left = i, n = 0; n < OWN_LETTERS; n++, left /= LETTERS.length()) {
      word.append(LETTERS.charAt(left % LETTERS.length()));
    }
    return word.toString();
  }

  Set<ChunkId> ids(int count) {
    return places.ids(count);
  }

  Set<ChunkId> marked(int count) {
    return places.marked(count);
  }

  /** Those of the same source as the one at that place. */
  Set<ChunkId> ofSource(int count, int place) {
    return places.ofSource(count, place);
  }
}
