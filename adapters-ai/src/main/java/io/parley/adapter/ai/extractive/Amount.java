package io.parley.adapter.ai.extractive;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a question asks for a price or a count, and a sentence has one of that kind: a number
 * alone is in most sentences, also in those that only seem to answer. English only.
 */
final class Amount {
  private static final Pattern PRICE_ASKED =
      Pattern.compile(
          "\\b(?:costs?|prices?|pay|paid|salary|wages?|fees?|expensive|cheap|charges?|fine|bonus)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern PRICE =
      Pattern.compile(
          "\\p{Sc}|\\b(?:euros?|pounds?|crowns?|marks?|dollars?|free|prices?|costs?|per cent|paid|pay)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern COUNT_ASKED =
      Pattern.compile("\\bhow many ((?:[\\p{L}-]+ ?){1,3})", Pattern.CASE_INSENSITIVE);
  private static final Pattern NUMBER =
      Pattern.compile(
          "\\d.*|no|none|both|half|dozen|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
              + "|[a-z]+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand|million");

  /** Words that may stand between a number and what it counts. */
  private static final int BETWEEN = 3;

  private Amount() {}

  /** Whether a price is asked for, and the sentence speaks of none. */
  static boolean priceMissing(Question question, String sentence) {
    return PRICE_ASKED.matcher(question.text()).find() && !PRICE.matcher(sentence).find();
  }

  /** Whether a count is asked for, and the sentence has no number before what is counted. */
  static boolean countMissing(Question question, String sentence) {
    Matcher asked = COUNT_ASKED.matcher(question.text());
    if (!asked.find()) {
      return false;
    }
    return Words.of(asked.group(1)).stream()
        .filter(question.words()::contains)
        .findFirst()
        .map(counted -> !counts(counted, Words.of(sentence.toLowerCase(Locale.ROOT))))
        .orElse(false);
  }

  private static boolean counts(String counted, List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      if (NUMBER.matcher(words.get(i)).matches()
          && words.subList(i + 1, Math.min(words.size(), i + 1 + BETWEEN)).stream()
              .anyMatch(word -> Words.alike(counted, word))) {
        return true;
      }
    }
    return false;
  }
}
