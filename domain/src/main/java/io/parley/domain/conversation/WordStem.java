package io.parley.domain.conversation;

/**
 * Lets the forms of a word meet, by the commonest English endings. It need not be right, only the
 * same for the forms of one word; words of other languages lose little by it.
 */
final class WordStem {
  private static final int SHORTEST = 3;

  private WordStem() {}

  static String of(String word) {
    return withoutFinalE(undoubled(withoutTense(singular(word))));
  }

  private static String singular(String word) {
    if (word.length() > 4 && word.endsWith("ies")) {
      return cut(word, 3) + "y";
    }
    boolean plural =
        word.length() > SHORTEST
            && word.endsWith("s")
            && !word.endsWith("ss")
            && !word.endsWith("us")
            && !word.endsWith("is");
    return plural ? cut(word, 1) : word;
  }

  private static String withoutTense(String word) {
    if (word.length() > 4 && word.endsWith("ied")) {
      return cut(word, 3) + "y";
    }
    if (word.length() > 4 && word.endsWith("eed")) {
      return cut(word, 1);
    }
    if (word.length() > 4 && word.endsWith("ed")) {
      return pronounceable(cut(word, 2), word);
    }
    return word.length() > 5 && word.endsWith("ing") ? pronounceable(cut(word, 3), word) : word;
  }

  private static String pronounceable(String stem, String word) {
    return stem.chars().anyMatch(c -> "aeiouy".indexOf(c) >= 0) ? stem : word;
  }

  private static String undoubled(String word) {
    int last = word.length() - 1;
    boolean doubled =
        last >= SHORTEST
            && word.charAt(last) == word.charAt(last - 1)
            && "aeiou".indexOf(word.charAt(last)) < 0;
    return doubled ? cut(word, 1) : word;
  }

  private static String withoutFinalE(String word) {
    return word.length() > SHORTEST && word.endsWith("e") ? cut(word, 1) : word;
  }

  private static String cut(String word, int characters) {
    return word.substring(0, word.length() - characters);
  }
}
