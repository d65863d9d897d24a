package io.parley.domain.conversation;

import java.util.List;
import java.util.regex.Pattern;

/** Tells sentences that deny from those that affirm, by the words that deny in some languages. */
final class Negation {
  private static final Pattern DENIES =
      Pattern.compile(
          "(?iU)\\b(?:not(?!\\s+only\\b)|no(?!\\.?\\s*\\p{N}|,)|never|none|neither|nor|nobody|nothing"
              + "|without|cannot|non|\\p{L}+n['’]t|nicht|kein(?:e[nmrs]?)?|nie|niemals|pas|jamais"
              + "|nunca|nessun[oa]?|नहीं|نہیں|ليس|لا|не)\\b");
  private static final Pattern CLAUSE_END = Pattern.compile("[,;:—–](?=\\s)|\\bbut\\b");

  private Negation() {}

  static boolean in(String text) {
    return DENIES.matcher(text).find();
  }

  /** The parts of a sentence between its commas. */
  static List<String> clauses(String sentence) {
    return List.of(CLAUSE_END.split(sentence));
  }
}
