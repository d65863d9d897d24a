package io.parley.adapter.ai.extractive;

import java.util.Locale;
import java.util.regex.Pattern;

/** What kind of thing a question asks for, told by its first words; English only. */
enum Expected {
  PERSON(
      "\\b(?:who|whom|whose)\\b",
      "\\p{Lu}[\\p{L}'’-]+(?: (?:de|von|van|d'|di|la))? \\p{Lu}[\\p{L}'’-]+"),
  TIME(
      "\\b(?:when|(?:which|what) (?:day|date|year|month|hour|time)|how (?:long|often|old))\\b",
      "\\d|\\b(?:january|february|march|april|may|june|july|august|september|october|november"
          + "|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|noon|midnight|morning|evening"
          + "|afternoon|night|daily|weekly|monthly|yearly|once|twice|minutes?|hours?|days?|weeks?|months?|years?)\\b"),
  NUMBER(
      "\\bhow (?:many|much|thick|far|high|deep|large|big|wide|heavy|tall|fast|hot|cold|strong|short|small)\\b"
          + "|\\b(?:what|which|in what) (?:share|number|percentage|proportion|price|pressure|temperature|speed|weight"
          + "|length|height|width|rating|limit|fee|cost)\\b|\\bcosts?\\b",
      "\\d|\\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty"
          + "|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|half|quarter|third|dozen|none|no)\\b"),
  PLACE(
      "\\bwhere\\b",
      "\\b(?:in|at|on|to|from|near|under|above|behind|beside|between|inside|outside|into|opposite)\\b"),
  REASON(
      "\\bwhy\\b",
      "\\b(?:because|so that|since|therefore|due|cause[sd]?|reason|otherwise|if|for)\\b"),
  ANYTHING("", "");

  private final Pattern asked;
  private final Pattern given;

  Expected(String asked, String given) {
    this.asked = Pattern.compile(asked);
    this.given =
        Pattern.compile(
            given, name().equals("PERSON") ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  static Expected by(String question) {
    String lower = question.toLowerCase(Locale.ROOT);
    for (Expected kind : values()) {
      if (kind.asked.matcher(lower).find()) {
        return kind;
      }
    }
    return ANYTHING;
  }

  /** Whether the sentence has such a thing. */
  boolean in(String sentence) {
    return given.matcher(sentence).find();
  }
}
