package io.parley.adapter.ai.remote;

import java.util.concurrent.ThreadLocalRandom;

/** Short ids that nobody has to guess right or wrong. */
public final class RandomIds {
  private static final String SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789";

  private RandomIds() {}

  /** So many letters and digits. */
  public static String of(int length) {
    StringBuilder id = new StringBuilder(length);
    ThreadLocalRandom.current()
        .ints(length, 0, SIGNS.length())
        .forEach(place -> id.append(SIGNS.charAt(place)));
    return id.toString();
  }
}
