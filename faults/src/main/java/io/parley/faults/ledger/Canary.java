package io.parley.faults.ledger;

import java.util.Random;
import java.util.regex.Pattern;

/**
 * A word that stands in one version of one document and nowhere else, so that it can be looked for
 * in every store.
 */
public final class Canary {
  /** Any canary, in any text. */
  public static final Pattern PATTERN = Pattern.compile("canary[bcdfghjkmpqrtvwxz]{12}k");

  /** No vowels and a hard end: no analyser makes another word of it. */
  private static final String LETTERS = "bcdfghjkmpqrtvwxz";

  private static final int LENGTH = 12;

  private Canary() {}

  /** One that was not seen before. */
  public static String next(Random random) {
    return "canary" + letters(random) + "k";
  }

  /** What a text is about, as people would ask for it. It may be said in questions. */
  public static String topic(Random random) {
    return "lantern" + letters(random) + "k";
  }

  private static String letters(Random random) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return word.toString();
  }
}
