package io.parley.adapter.ai.remote;

import java.util.ArrayList;
import java.util.List;

/**
 * What a vendor takes in one call of its embedding model. Tokens are estimated: half of one for an
 * ASCII letter or blank (English has about a quarter), and otherwise one for each byte of UTF-8,
 * than which no tokenizer makes more.
 *
 * @param tokensPerText what the model reads of a text; what comes after is cut
 * @param textsPerCall most texts at once
 * @param tokensPerCall most tokens of all of them
 */
public record TextBudget(int tokensPerText, int textsPerCall, int tokensPerCall) {

  public TextBudget {
    if (tokensPerText < 4 || textsPerCall < 1 || tokensPerCall < tokensPerText) {
      throw new IllegalArgumentException("No text fits into this budget.");
    }
  }

  /** The texts, cut, in their order. */
  List<List<String>> batches(List<String> texts) {
    List<List<String>> batches = new ArrayList<>();
    List<String> batch = new ArrayList<>();
    int tokens = 0;
    for (String text : texts) {
      String cut = cut(text);
      int more = halves(cut) / 2 + 1;
      if (batch.size() == textsPerCall || (tokens + more > tokensPerCall && !batch.isEmpty())) {
        batches.add(batch);
        batch = new ArrayList<>();
        tokens = 0;
      }
      batch.add(cut);
      tokens += more;
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }

  /** As much of a text as the model surely or very likely reads. */
  String cut(String text) {
    int halves = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      halves += halves(c);
      if (halves > 2 * tokensPerText) {
        return text.substring(0, i);
      }
      i += Character.charCount(c);
    }
    return text;
  }

  /** As much of a text as fits if each byte were a token. */
  String cutForSure(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      bytes += bytes(c);
      if (bytes > tokensPerText) {
        return text.substring(0, i);
      }
      i += Character.charCount(c);
    }
    return text;
  }

  private static int halves(String text) {
    return text.codePoints().map(TextBudget::halves).sum();
  }

  private static int halves(int c) {
    return c < 128 && (Character.isLetter(c) || c == ' ') ? 1 : 2 * bytes(c);
  }

  private static int bytes(int c) {
    if (c < 0x80) {
      return 1;
    }
    return c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  }
}
