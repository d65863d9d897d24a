package io.parley.adapter.ai.extractive;

import io.parley.domain.conversation.Passage;
import io.parley.domain.conversation.Sentences;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.TextSpan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A sentence that may answer.
 *
 * @param passage the number of its passage
 * @param order its place among all sentences of all passages, in the order of the documents
 * @param text verbatim but for white space
 * @param words its words
 * @param near its words and those of its neighbourhood: the sentence before it, the headings above
 * @param around the words of its whole passage, its headings and the document's name
 */
record Candidate(
    int passage,
    double passageScore,
    int order,
    String text,
    Set<String> words,
    Set<String> near,
    Set<String> around) {

  private static final int LONGEST_LABEL = 200;
  private static final Pattern STOP = Pattern.compile("[.!?…。！？۔؟।][\"'”’)\\]]*$");
  private static final Pattern SPACE = Pattern.compile("\\s+");

  /** Every different sentence of the passages. */
  static List<Candidate> of(List<Passage> passages) {
    List<Candidate> candidates = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Passage passage : passages) {
      Chunk chunk = passage.hit().found().chunk();
      String above = Objects.requireNonNullElse(chunk.context(), "");
      String name = passage.hit().found().documentName().value();
      Set<String> around = Words.setOf(name + "\n" + above + "\n" + chunk.content());
      String before = "";
      for (String sentence : whole(Sentences.of(chunk.content()), chunk.content())) {
        if (seen.add(sentence)) {
          Set<String> near = Words.setOf(above + "\n" + before + "\n" + sentence);
          candidates.add(
              new Candidate(
                  passage.number(),
                  passage.hit().score(),
                  candidates.size(),
                  sentence,
                  Words.setOf(sentence),
                  near,
                  around));
        }
        before = sentence;
      }
    }
    return candidates;
  }

  /**
   * What does not end like a sentence is told with what follows: a heading, a label, a broken line.
   */
  private static List<String> whole(List<TextSpan> spans, String content) {
    List<String> sentences = new ArrayList<>();
    String begun = "";
    for (TextSpan span : spans) {
      String next = SPACE.matcher(span.of(content)).replaceAll(" ");
      String text = begun.isEmpty() ? next : begun + " " + next;
      boolean open = text.length() < LONGEST_LABEL && !next.contains("|") && !complete(text);
      begun = open ? text : "";
      if (!open) {
        sentences.add(text);
      }
    }
    if (!begun.isEmpty()) {
      sentences.add(begun);
    }
    return sentences;
  }

  private static boolean complete(String text) {
    return STOP.matcher(text).find() && text.indexOf(' ', text.indexOf(' ') + 1) > 0;
  }
}
