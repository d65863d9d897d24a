package io.parley.domain.document;

import java.lang.Character.UnicodeScript;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * In which language a text is, by its script and its commonest small words. Knows English, German,
 * French, Spanish, Italian, Portuguese, Dutch, Arabic, Urdu, Hindi, Chinese, Japanese and Korean;
 * rather says nothing than something wrong.
 */
public final class LanguageGuess {
  /** More of a text than that is not looked at. */
  public static final int LONGEST = 20_000;

  private static final int FEWEST_LETTERS = 8;
  private static final int FEWEST_WORDS = 4;
  private static final double LEAST_SHARE = 0.12;
  private static final double CLEAR_LEAD = 1.4;
  private static final double MOST_OF_IT = 0.6;
  private static final Pattern WORD = Pattern.compile("\\p{L}+");

  /** Letters that Urdu writes and Arabic and Persian do not. */
  private static final String URDU = "ٹڈڑںےہھۓ";

  private static final String PERSIAN = "پچژگ";

  private static final Map<String, Set<String>> SMALL_WORDS =
      Map.of(
          "en",
          words("the and of to in is that it for was on are with as be at by this from have not"),
          "de",
          words("der die und das den von zu mit sich des auf ist im nicht ein eine dem für es als"),
          "fr",
          words("le la les de des et en un une du est que pour dans qui sur au pas par il avec"),
          "es",
          words("el la los las de y en un una del es que por para con no se su al lo como"),
          "it",
          words("il la di e che in un una del della per non è si con dei le gli al sono da"),
          "pt",
          words("o a os as de e em um uma do da que para com não se no na por dos mais"),
          "nl",
          words("de het een en van in is dat op te zijn met voor niet aan er om ook als bij"));

  private LanguageGuess() {}

  private static Set<String> words(String spaced) {
    return Set.of(spaced.split(" "));
  }

  /** The ISO 639-1 code; empty for too little text, a mixture, or a language it does not know. */
  public static Optional<String> of(String text) {
    String sample = text.substring(0, Math.min(LONGEST, text.length()));
    Map<UnicodeScript, Integer> letters = new EnumMap<>(UnicodeScript.class);
    sample
        .codePoints()
        .filter(Character::isLetter)
        .forEach(letter -> letters.merge(UnicodeScript.of(letter), 1, Integer::sum));
    int all = letters.values().stream().mapToInt(Integer::intValue).sum();
    if (all < FEWEST_LETTERS) {
      return Optional.empty();
    }
    int kana =
        letters.getOrDefault(UnicodeScript.HIRAGANA, 0)
            + letters.getOrDefault(UnicodeScript.KATAKANA, 0);
    int eastAsian = kana + letters.getOrDefault(UnicodeScript.HAN, 0);
    if (eastAsian >= MOST_OF_IT * all) {
      return Optional.of(kana * 10 >= eastAsian ? "ja" : "zh");
    }
    UnicodeScript most = Collections.max(letters.entrySet(), Map.Entry.comparingByValue()).getKey();
    if (letters.getOrDefault(most, 0) < MOST_OF_IT * all) {
      return Optional.empty();
    }
    return switch (most) {
      case HANGUL -> Optional.of("ko");
      case DEVANAGARI -> Optional.of("hi");
      case ARABIC -> arabicOrUrdu(sample, all);
      case LATIN -> bySmallWords(sample);
      default -> Optional.empty();
    };
  }

  private static Optional<String> arabicOrUrdu(String text, int letters) {
    if (count(text, URDU) * 50 >= letters) {
      return Optional.of("ur");
    }
    return count(text, PERSIAN) * 100 >= letters ? Optional.empty() : Optional.of("ar");
  }

  private static long count(String text, String of) {
    return text.chars().filter(c -> of.indexOf(c) >= 0).count();
  }

  private static Optional<String> bySmallWords(String text) {
    Map<String, Integer> hits = new HashMap<>();
    int words = 0;
    for (Matcher word = WORD.matcher(text.toLowerCase(Locale.ROOT)); word.find(); words++) {
      String found = word.group();
      SMALL_WORDS.forEach(
          (language, small) -> hits.merge(language, small.contains(found) ? 1 : 0, Integer::sum));
    }
    if (words < FEWEST_WORDS) {
      return Optional.empty();
    }
    String best = Collections.max(hits.entrySet(), Map.Entry.comparingByValue()).getKey();
    int most = hits.getOrDefault(best, 0);
    int second =
        hits.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(best))
            .mapToInt(Map.Entry::getValue)
            .max()
            .orElse(0);
    boolean clear = most >= 2 && most >= LEAST_SHARE * words && most >= CLEAR_LEAD * second;
    return clear ? Optional.of(best) : Optional.empty();
  }
}
