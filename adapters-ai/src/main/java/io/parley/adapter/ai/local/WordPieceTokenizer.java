package io.parley.adapter.ai.local;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Cuts text into the word pieces of an uncased BERT vocabulary: control characters go, letters are
 * lowered and lose their accents, words end at white space, punctuation and CJK characters, and
 * each word is cut greedily into the longest pieces that the vocabulary knows (Devlin et al. 2019;
 * Wu et al. 2016). Marks such as {@code [SEP]} within a text are words like any other.
 */
final class WordPieceTokenizer {
  private static final int LONGEST_WORD = 100;

  private final Map<String, Integer> vocabulary;
  private final int maxTokens;
  private final int unknown;
  private final int first;
  private final int last;

  /**
   * @param vocabulary pieces and their ids; pieces that continue a word begin with {@code ##}
   * @param maxTokens the most ids that one text may have, both marks included
   */
  WordPieceTokenizer(Map<String, Integer> vocabulary, int maxTokens) {
    this.vocabulary = Map.copyOf(vocabulary);
    this.maxTokens = maxTokens;
    this.unknown = id("[UNK]");
    this.first = id("[CLS]");
    this.last = id("[SEP]");
  }

  private int id(String mark) {
    Integer id = vocabulary.get(mark);
    if (id == null) {
      throw new IllegalArgumentException("The vocabulary lacks " + mark);
    }
    return id;
  }

  /** The ids of the text between {@code [CLS]} and {@code [SEP]}, at most {@code maxTokens}. */
  long[] encode(String text) {
    return read(text).ids();
  }

  /** The same with the words that the ids are pieces of. */
  WordPieces read(String text) {
    Ids ids = new Ids();
    ids.add(first);
    String plain = normalised(text);
    int start = -1;
    for (int i = 0; i < plain.length() && !ids.full(); ) {
      int character = plain.codePointAt(i);
      int next = i + Character.charCount(character);
      boolean space = isSpace(character);
      boolean alone = !space && (isPunctuation(character) || isCjk(character));
      if ((space || alone) && start >= 0) {
        addWord(plain.substring(start, i), ids);
        start = -1;
      }
      if (alone) {
        addWord(plain.substring(i, next), ids);
      } else if (!space && start < 0) {
        start = i;
      }
      i = next;
    }
    if (start >= 0 && !ids.full()) {
      addWord(plain.substring(start), ids);
    }
    return new WordPieces(ids.closedBy(last), ids.words, ids.starts);
  }

  private void addWord(String word, Ids ids) {
    ids.begin(word);
    if (word.codePointCount(0, word.length()) > LONGEST_WORD) {
      ids.add(unknown);
      return;
    }
    int before = ids.count;
    for (int start = 0; start < word.length(); ) {
      int end = word.length();
      Integer id = null;
      for (; end > start && id == null; end = id == null ? end - 1 : end) {
        String piece = word.substring(start, end);
        id = vocabulary.get(start == 0 ? piece : "##" + piece);
      }
      if (id == null) {
        ids.count = before;
        ids.add(unknown);
        return;
      }
      ids.add(id);
      start = end;
    }
  }

  /**
   * No text needs more than this many units for {@code maxTokens} pieces, unless it is mostly white
   * space.
   */
  private String normalised(String text) {
    StringBuilder clean = new StringBuilder(Math.min(text.length(), 4096));
    text.codePoints()
        .filter(c -> !isNoise(c))
        .limit((long) maxTokens * (LONGEST_WORD + 1))
        .forEach(clean::appendCodePoint);
    StringBuilder plain = new StringBuilder(clean.length());
    Normalizer.normalize(clean, Normalizer.Form.NFD)
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .forEach(c -> plain.appendCodePoint(Character.toLowerCase(c)));
    return plain.toString();
  }

  private static boolean isNoise(int c) {
    if (c == '\t' || c == '\n' || c == '\r') {
      return false;
    }
    return c == 0
        || c == 0xFFFD
        || switch (Character.getType(c)) {
          case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE ->
              true;
          default -> false;
        };
  }

  private static boolean isSpace(int c) {
    return c == '\t' || c == '\n' || c == '\r' || Character.isSpaceChar(c);
  }

  private static boolean isPunctuation(int c) {
    if (c < 128) {
      return c > 32 && c < 127 && !Character.isLetterOrDigit(c);
    }
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  /** The ideographs that BERT's vocabulary holds one by one; kana and hangul are not among them. */
  private static boolean isCjk(int c) {
    return c >= 0x3400
        && ((c <= 0x4DBF)
            || (c >= 0x4E00 && c <= 0x9FFF)
            || (c >= 0xF900 && c <= 0xFAFF)
            || (c >= 0x20000 && c <= 0x2A6DF)
            || (c >= 0x2A700 && c <= 0x2CEAF)
            || (c >= 0x2F800 && c <= 0x2FA1F));
  }

  /** Ids as they come, with room kept for the closing mark. */
  private final class Ids {
    private long[] values = new long[Math.min(maxTokens, 64)];
    private int count;
    private final List<String> words = new ArrayList<>();
    private final List<Integer> starts = new ArrayList<>();

    void begin(String word) {
      if (!full()) {
        words.add(word);
        starts.add(count);
      }
    }

    boolean full() {
      return count >= maxTokens - 1;
    }

    void add(int id) {
      if (full()) {
        return;
      }
      if (count == values.length) {
        values = Arrays.copyOf(values, Math.min(maxTokens, count * 2));
      }
      values[count++] = id;
    }

    long[] closedBy(int mark) {
      long[] all = Arrays.copyOf(values, count + 1);
      all[count] = mark;
      return all;
    }
  }
}
