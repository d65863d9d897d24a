package io.parley.adapter.ai.extractive;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a question says.
 *
 * @param words the words that mean something, in the form of {@link Words}
 * @param names those among them that must occur as they are: proper names, and tokens with digits
 * @param identifiers the names that have digits
 * @param topic the words that are no names: what is asked about them
 * @param expected what kind of thing would answer
 */
record Question(
    String text,
    Set<String> words,
    Set<String> names,
    Set<String> identifiers,
    Set<String> topic,
    Expected expected) {
  private static final Pattern CAPITALISED =
      Pattern.compile("(?<=[^.!?:]\\s)[\"“'‘«(]?(\\p{Lu}[\\p{L}\\p{M}\\p{N}'’-]*)");
  private static final Pattern WITH_DIGIT =
      Pattern.compile(
          "[\\p{L}\\p{N}]*\\d[\\p{L}\\p{N}]*(?:[-./:][\\p{L}\\p{N}]+)*|[\\p{L}]+(?:-[\\p{L}\\p{N}]+)*-\\d[\\p{L}\\p{N}-]*");

  /** Function words of the languages that are asked most; only their absence of meaning counts. */
  private static final Set<String> EMPTY_WORDS =
      Set.copyOf(
          List.of(
                  ("a an the and or but if of in on at to for from by with about as into over under than then so that this these those it its is are was were be been "
                          + "being am do does did done doing has have had having can could may might must shall should will would what which who whom whose when where why "
                          + "how many much often long i me my we us our you your he she him her his they them their there here not no yes any some one get gets got also just "
                          + "s t d ll re ve please tell during after before while until between out up down off "
                          + "der die das den dem des ein eine einen einem einer und oder ist sind war wie was wer wo wann warum im in zu zum zur mit von für auf "
                          + "le la les un une des du de et ou est sont que qui quoi quand où comment pourquoi dans sur pour avec "
                          + "el los las una y o es son qué quién cuándo dónde cómo por para con en del al "
                          + "什 么 时 候 哪 里 谁 怎 样 为 何 吗 呢 的 了 是 在 有 多 少 几 和 "
                          + "کا کی کے کو میں سے پر ہے ہیں تھا تھی کیا کون کب کہاں کیوں کیسے اور یہ وہ نے")
                      .split(" "))
              .stream()
              .map(Words::plain)
              .distinct()
              .toList());

  static Question of(String text) {
    Set<String> words = new LinkedHashSet<>(Words.of(text));
    Set<String> all = Set.copyOf(words);
    words.removeAll(EMPTY_WORDS);
    if (words.isEmpty()) {
      words.addAll(all);
    }
    Set<String> names = names(text, words);
    Set<String> topic = new LinkedHashSet<>(words);
    topic.removeAll(names);
    List<String> identifiers = names.stream().filter(Words::hasDigit).toList();
    return new Question(text, words, names, Set.copyOf(identifiers), topic, Expected.by(text));
  }

  private static Set<String> names(String text, Set<String> words) {
    Set<String> names = new LinkedHashSet<>();
    Matcher capitalised = CAPITALISED.matcher(text);
    while (capitalised.find()) {
      names.addAll(Words.of(capitalised.group(1)));
    }
    Matcher digits = WITH_DIGIT.matcher(text);
    while (digits.find()) {
      names.add(Words.plain(digits.group()));
    }
    names.retainAll(words);
    return names;
  }
}
