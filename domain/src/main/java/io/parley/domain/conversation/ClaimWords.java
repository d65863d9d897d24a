package io.parley.domain.conversation;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a text in the form in which a claim and a passage are compared. Compatibility forms
 * and digits of every script are one ({@code ﬁ} is {@code fi}, {@code ۴۰} is {@code 40}); a number
 * is itself however it is grouped ({@code 1,200}), and two to twelve in English words; a number and
 * its unit are two words. Names that hold digits stay whole. Scripts without blanks between words
 * give pairs of neighbouring characters.
 */
final class ClaimWords {
  private static final String UNSPACED =
      "\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}\\p{IsMyanmar}ー";
  private static final String LETTER = "[\\p{L}&&[^" + UNSPACED + "]]";
  private static final String INNER = "[\\p{L}\\p{M}\\p{N}&&[^" + UNSPACED + "]]";
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<run>["
              + UNSPACED
              + "]+)|(?<word>"
              + (LETTER + INNER + "*+(?:['’\\-]" + INNER + "++)*+")
              + ")|(?<number>\\p{Nd}++(?:[.,:]\\p{Nd}++)*+)");

  private static final Pattern GROUP_MARK =
      Pattern.compile("(?<=\\p{Nd})[\\u00A0\\u2009\\u202F'’](?=\\p{Nd}{3}(?!\\p{Nd}))");
  private static final Pattern COMMA_GROUPS = Pattern.compile("[1-9]\\d{0,2}(,\\d{3})+(\\.\\d+)?");
  private static final Pattern DOT_GROUPS = Pattern.compile("[1-9]\\d{0,2}(\\.\\d{3}){2,}(,\\d+)?");
  private static final Pattern SOFT_HYPHEN = Pattern.compile("\u00AD");
  private static final Pattern DIGIT = Pattern.compile("\\p{N}");
  private static final Pattern HYPHEN = Pattern.compile("-");

  /** Words that support nothing; a claim of nothing else supports nothing. */
  private static final Set<String> STOP =
      Set.of(
          "a an the and or but of to in on at by for with from as is are was were be been it its this that these those he she they his her their there which who what when where how not no do does did has have had will would can could may"
              .split(" "));

  private static final Map<String, String> NUMERALS =
      Map.ofEntries(
          Map.entry("two", "2"),
          Map.entry("three", "3"),
          Map.entry("four", "4"),
          Map.entry("five", "5"),
          Map.entry("six", "6"),
          Map.entry("seven", "7"),
          Map.entry("eight", "8"),
          Map.entry("nine", "9"),
          Map.entry("ten", "10"),
          Map.entry("eleven", "11"),
          Map.entry("twelve", "12"));

  private ClaimWords() {}

  /** Never a stop word. */
  static Set<String> of(String text) {
    Set<String> words = new HashSet<>();
    Matcher token = TOKEN.matcher(plain(text));
    while (token.find()) {
      if (token.group("run") != null) {
        addPairs(token.group(), words);
      } else if (token.group("number") != null) {
        words.add(number(token.group()));
      } else {
        addWord(token.group(), words);
      }
    }
    return words;
  }

  /** Whether a word is a number, or a name that holds one. */
  static boolean isNumber(String word) {
    return DIGIT.matcher(word).find();
  }

  private static String plain(String text) {
    String whole = SOFT_HYPHEN.matcher(text).replaceAll("");
    String ungrouped = GROUP_MARK.matcher(whole).replaceAll("");
    return Normalizer.normalize(ungrouped, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }

  private static void addPairs(String run, Set<String> words) {
    int[] characters = run.codePoints().toArray();
    if (characters.length == 1) {
      words.add(run);
    }
    for (int i = 1; i < characters.length; i++) {
      words.add(new String(characters, i - 1, 2));
    }
  }

  private static String number(String written) {
    StringBuilder ascii = new StringBuilder(written.length());
    written
        .codePoints()
        .forEach(c -> {
          int digit = Character.digit(c, 10);
          ascii.appendCodePoint(digit < 0 ? c : '0' + digit);
        });
    String number = ascii.toString();
    if (COMMA_GROUPS.matcher(number).matches()) {
      number = number.replace(",", "");
    } else if (DOT_GROUPS.matcher(number).matches()) {
      number = number.replace(".", "");
    }
    return number.replace(',', '.').replaceFirst("^0+(?=\\d)", "");
  }

  private static void addWord(String token, Set<String> words) {
    String word = token.replace('’', '\'').replaceFirst("'s?$", "");
    if (isNumber(word)) {
      words.add(word);
      return;
    }
    for (String part : List.of(HYPHEN.split(word))) {
      String plain = part.replaceFirst("'s$", "");
      if (!plain.isEmpty() && !STOP.contains(plain)) {
        words.add(NUMERALS.getOrDefault(plain, WordStem.of(plain)));
      }
    }
  }
}
