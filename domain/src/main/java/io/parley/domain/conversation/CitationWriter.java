package io.parley.domain.conversation;

import io.parley.domain.document.ChunkId;
import io.parley.domain.document.TextSpan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Turns a model's markers into citations while its text streams. Text is passed on as it comes, but
 * held from a {@code [} to its {@code ]}; an index in code is no marker. A marker whose passage
 * does not support the sentence before it is dropped; the others are numbered anew from 1, one
 * number for each quote. Not safe for use by several threads.
 */
public final class CitationWriter {

  /** Longest text that may stand between the brackets of a marker. */
  private static final int LONGEST_MARKER = 40;

  private static final String RANGE = "(\\p{Nd}{1,3})(?:\\s*[-–]\\s*(\\p{Nd}{1,3}))?";
  private static final Pattern NUMBERS =
      Pattern.compile(
          "(?i)\\s*\\^?(?:(?:passages?|sources?)\\s*)?"
              + RANGE
              + "(?:\\s*(?:[,;&]|and)\\s*"
              + RANGE
              + ")*\\s*");
  private static final Pattern NUMBER = Pattern.compile(RANGE);

  private final Map<Integer, Passage> passages = new LinkedHashMap<>();
  private final Consumer<String> onText;
  private final StringBuilder written = new StringBuilder();
  private final StringBuilder held = new StringBuilder();
  private final CodeContext code = new CodeContext();
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
      code.take(piece.charAt(i));
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
    } else if (c == '[' && !inMarker && !code.indexFollows()) {
      held.append(c);
    } else {
      release(out);
      ((c == '[' && !code.indexFollows()) || c == ' ' ? held : out).append(c);
    }
  }

  private void release(StringBuilder out) {
    out.append(held);
    held.setLength(0);
  }

  private void resolve(StringBuilder out) {
    int bracket = held.indexOf("[");
    String marker = held.substring(bracket + 1);
    if (!isMarker(marker)) {
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

  /** A range is a marker only between passages that are there: others are intervals. */
  private boolean isMarker(String marker) {
    return NUMBERS.matcher(marker).matches()
        && NUMBER
            .matcher(marker)
            .results()
            .filter(range -> range.group(2) != null)
            .allMatch(
                range -> passages.containsKey(first(range)) && passages.containsKey(last(range)));
  }

  private static int first(MatchResult range) {
    return Integer.parseInt(range.group(1));
  }

  private static int last(MatchResult range) {
    return range.group(2) == null ? first(range) : Integer.parseInt(range.group(2));
  }

  private String numbers(String marker, String claim) {
    StringBuilder numbers = new StringBuilder();
    NUMBER
        .matcher(marker)
        .results()
        .flatMapToInt(range -> IntStream.rangeClosed(first(range), last(range)))
        .boxed()
        .flatMap(number -> cite(number, claim).stream())
        .map(n -> "[" + n + "]")
        .filter(n -> numbers.indexOf(n) < 0)
        .forEachOrdered(numbers::append);
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
