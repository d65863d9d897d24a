package io.parley.adapter.ai.extractive;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a text in the form in which they are compared: lower case, without accents, names
 * with digits such as {@code KX-4471-B} in one piece, ideographs one by one, other scripts without
 * spaces as pairs of characters.
 */
final class Words {
  private static final Pattern TOKEN =
      Pattern.compile("[\\p{L}\\p{M}\\p{N}]+(?:[-‐‑'’./:][\\p{L}\\p{M}\\p{N}]+)*");
  private static final Pattern PART = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");
  private static final Pattern ACCENT = Pattern.compile("[\\u0300-\\u036f]+");
  private static final int SHORTEST_STEM = 4;
  private static final int LONGEST_ENDING = 3;

  private Words() {}

  /** Every word of the text, in order. */
  static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    Matcher tokens = TOKEN.matcher(text);
    while (tokens.find()) {
      addToken(plain(tokens.group()), words);
    }
    return words;
  }

  static Set<String> setOf(String text) {
    return new LinkedHashSet<>(of(text));
  }

  private static void addToken(String token, List<String> words) {
    if (hasDigit(token)) {
      words.add(token);
      return;
    }
    Matcher parts = PART.matcher(token);
    while (parts.find()) {
      String part = parts.group();
      if (isUnspaced(part.codePointAt(0))) {
        addPairs(part, words);
      } else {
        words.add(part);
      }
    }
  }

  private static void addPairs(String part, List<String> words) {
    int[] characters = part.codePoints().toArray();
    if (characters.length == 1 || Character.isIdeographic(characters[0])) {
      part.codePoints().forEach(c -> words.add(Character.toString(c)));
      return;
    }
    for (int i = 0; i + 1 < characters.length; i++) {
      words.add(new String(characters, i, 2));
    }
  }

  static String plain(String text) {
    String open = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
    return Normalizer.normalize(ACCENT.matcher(open).replaceAll(""), Normalizer.Form.NFC);
  }

  static boolean hasDigit(String text) {
    return text.chars().anyMatch(Character::isDigit);
  }

  private static boolean isUnspaced(int character) {
    return switch (Character.UnicodeScript.of(character)) {
      case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
      default -> false;
    };
  }

  /** Whether two words are forms of one: equal, or different only in a short ending. */
  static boolean alike(String a, String b) {
    if (a.equals(b)) {
      return true;
    }
    if (a.length() < SHORTEST_STEM - 1
        || b.length() < SHORTEST_STEM - 1
        || hasDigit(a)
        || hasDigit(b)) {
      return false;
    }
    int common = 0;
    int shorter = Math.min(a.length(), b.length());
    while (common < shorter && a.charAt(common) == b.charAt(common)) {
      common++;
    }
    int ending = Math.max(a.length(), b.length()) - common;
    boolean plural = ending == 1 && common == shorter && (a.endsWith("s") || b.endsWith("s"));
    return plural || (common >= Math.max(SHORTEST_STEM, shorter - 2) && ending <= LONGEST_ENDING);
  }

  static boolean anyAlike(String word, Set<String> words) {
    return words.contains(word) || words.stream().anyMatch(other -> alike(word, other));
  }
}
