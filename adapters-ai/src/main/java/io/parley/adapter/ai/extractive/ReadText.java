package io.parley.adapter.ai.extractive;

import java.util.List;

/** A text as a model read it: a vector of the whole, and its words. */
public final class ReadText {
  private final float[] vector;
  private final List<Word> words;

  /**
   * A text that was read.
   *
   * @param vector of the whole text, of length 1
   * @param words in their order, punctuation among them; a text that was too long ends earlier
   */
  public ReadText(float[] vector, List<Word> words) {
    this.vector = vector.clone();
    this.words = List.copyOf(words);
  }

  double cosine(float[] other) {
    return dot(vector, other);
  }

  List<Word> words() {
    return words;
  }

  /** A word, and what it means where it stands. */
  public static final class Word {
    private final String text;
    private final float[] meaning;

    /**
     * A word of a text.
     *
     * @param text in lower case, without accents
     * @param meaning of length 1
     */
    public Word(String text, float[] meaning) {
      this.text = text;
      this.meaning = meaning.clone();
    }

    String text() {
      return text;
    }

    double cosine(Word other) {
      return dot(meaning, other.meaning);
    }
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
