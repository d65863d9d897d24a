package io.parley.benchmarks.server;

import java.util.Random;

/** Invented words whose n-th is n times rarer than the first (Zipf 1949). */
final class SampleWords {
  private static final int VOCABULARY = 20_000;
  private static final int WORDS_A_LINE = 70;
  private static final String CONSONANTS = "bdfgklmnprstvz";
  private static final String VOWELS = "aeiou";

  private final Random random;

  SampleWords(long seed) {
    this.random = new Random(seed);
  }

  /** Lines of about 450 characters, each with a line feed behind it. */
  String text(int lines) {
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < lines; line++) {
      text.append(line(WORDS_A_LINE)).append('\n');
    }
    return text.toString();
  }

  String line(int count) {
    StringBuilder line = new StringBuilder(next());
    for (int i = 1; i < count; i++) {
      line.append(' ').append(next());
    }
    return line.toString();
  }

  private String next() {
    return word((int) Math.pow(VOCABULARY, random.nextDouble()));
  }

  private static String word(int number) {
    StringBuilder word = new StringBuilder();
    for (int rest = number + 1; rest > 0; rest /= CONSONANTS.length()) {
      word.append(CONSONANTS.charAt(rest % CONSONANTS.length()));
      word.append(VOWELS.charAt(rest % VOWELS.length()));
    }
    return word.toString();
  }
}
