package io.parley.domain.conversation;

import io.parley.domain.document.ChunkId;
import io.parley.domain.document.TextSpan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns a model's markers into citations while its text streams. Text is passed on as it comes, but
 * held from a {@code [} to its {@code ]}. A marker whose passage does not support the sentence
 * before it is dropped; the others are numbered anew from 1, one number for each quote. Not safe
 * for use by several threads.
 */
public final class CitationWriter {

  /** Longest text that may stand between the brackets of a marker. */
  private static final int LONGEST_MARKER = 40;

  private static final Pattern NUMBERS = Pattern.compile("\\s*\\d{1,3}(\\s*[,;]\\s*\\d{1,3})*\\s*");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,3}");

  private final Map<Integer, Passage> passages = new LinkedHashMap<>();
  private final Consumer<String> onText;
  private final StringBuilder written = new StringBuilder();
  private final StringBuilder held = new StringBuilder();
  private final Map<Place, CitationRef> citations = new LinkedHashMap<>();
  private String lastClaim = "";
  private int claimStart;

  private record Place(ChunkId chunk, TextSpan quote) {}

  public CitationWriter(List<Passage> passages, Consumer<String> onText) {
    passages.forEach(p -> this.passages.put(p.number(), p));
    this.onText = onText;
  }

  /** Takes a piece of the model's text. */
  public void accept(String piece) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < piece.length(); i++) {
      take(piece.charAt(i), out);
    }
    emit(out);
  }

  /** Ends the text: what is still held is passed on as it is. */
  public void finish() {
    StringBuilder out = new StringBuilder(held);
    held.setLength(0);
    emit(out);
  }

  /** All text that was passed on. */
  public String text() {
    return written.toString();
  }

  /** The citations whose numbers stand in the text, in the order of their numbers. */
  public List<CitationRef> citations() {
    return new ArrayList<>(citations.values());
  }

  /** A blank is held too: it goes with the marker that it stands before when that is dropped. */
  private void take(char c, StringBuilder out) {
    boolean inMarker = held.indexOf("[") >= 0;
    if (inMarker && c == ']') {
      resolve(out);
    } else if (inMarker && c != '[' && c != '\n' && held.length() <= LONGEST_MARKER) {
      held.append(c);
    } else if (c == '[' && !inMarker) {
      held.append(c);
    } else {
      release(out);
      (c == '[' || c == ' ' ? held : out).append(c);
    }
  }

  private void release(StringBuilder out) {
    out.append(held);
    held.setLength(0);
  }

  private void resolve(StringBuilder out) {
    int bracket = held.indexOf("[");
    String marker = held.substring(bracket + 1);
    if (!NUMBERS.matcher(marker).matches()) {
      held.append(']');
      release(out);
      return;
    }
    String blank = held.substring(0, bracket);
    held.setLength(0);
    emit(out);
    String numbers = numbers(marker, claim());
    if (!numbers.isEmpty()) {
      emit(out.append(blank).append(numbers));
      claimStart = written.length();
    }
  }

  private String numbers(String marker, String claim) {
    StringBuilder numbers = new StringBuilder();
    Matcher each = NUMBER.matcher(marker);
    while (each.find()) {
      cite(Integer.parseInt(each.group()), claim)
          .map(n -> "[" + n + "]")
          .filter(n -> numbers.indexOf(n) < 0)
          .ifPresent(numbers::append);
    }
    return numbers.toString();
  }

  private Optional<Integer> cite(int number, String claim) {
    Passage passage = passages.get(number);
    if (passage == null) {
      return Optional.empty();
    }
    return QuoteFinder.find(claim, passage.text()).map(quote -> citation(passage, quote).index());
  }

  private CitationRef citation(Passage passage, QuoteFinder.Quote quote) {
    var chunk = passage.hit().found().chunk();
    return citations.computeIfAbsent(
        new Place(chunk.id(), quote.span()),
        place ->
            new CitationRef(
                citations.size() + 1,
                chunk.id(),
                chunk.ref().source(),
                place.quote(),
                quote.support()));
  }

  /** The sentence that a marker stands after; markers in a row share one. */
  private String claim() {
    String tail = written.substring(claimStart);
    List<TextSpan> sentences =
        Sentences.of(tail).stream()
            .filter(s -> s.of(tail).chars().anyMatch(Character::isLetterOrDigit))
            .toList();
    if (!sentences.isEmpty()) {
      lastClaim = sentences.getLast().of(tail);
    }
    return lastClaim;
  }

  private void emit(StringBuilder out) {
    if (!out.isEmpty()) {
      String text = out.toString();
      written.append(text);
      out.setLength(0);
      onText.accept(text);
    }
  }
}
