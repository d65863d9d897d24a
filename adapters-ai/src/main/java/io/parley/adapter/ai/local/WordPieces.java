package io.parley.adapter.ai.local;

import io.parley.adapter.ai.extractive.ReadText;
import io.parley.adapter.ai.extractive.ReadText.Word;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** A text as the model takes it: ids between two marks, and the words that they are pieces of. */
final class WordPieces {
  private final long[] ids;
  private final List<String> words;
  private final List<Integer> starts;

  /**
   * @param words each with at least one id, in lower case
   * @param starts the place of each word's first id; its last is before the next word's
   */
  WordPieces(long[] ids, List<String> words, List<Integer> starts) {
    this.ids = ids;
    this.words = words;
    this.starts = starts;
  }

  long[] ids() {
    return ids;
  }

  List<String> words() {
    return words;
  }

  /** What the model made of it: a word's vector is the mean of its pieces', as is the text's. */
  ReadText meant(FloatBuffer states) {
    List<Word> meant = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      int end = i + 1 < words.size() ? starts.get(i + 1) : ids.length - 1;
      meant.add(new Word(words.get(i), MiniLmSession.pooled(states, starts.get(i), end)));
    }
    return new ReadText(MiniLmSession.pooled(states, 0, ids.length), meant);
  }
}
