package io.parley.adapter.ai.extractive;

import io.parley.domain.conversation.Passage;
import java.util.List;
import java.util.Locale;

/** Whether sentences that were picked are the answer that the sample questions name. */
final class AnswerCheck {
  private AnswerCheck() {}

  /**
   * Right when a sentence of the named page is cited and the citations hold every expected word.
   */
  static boolean right(SampleLibrary.Asked asked, List<Candidate> chosen, List<Passage> passages) {
    boolean place = chosen.stream().anyMatch(c -> at(asked, passages.get(c.passage() - 1)));
    String all = tidy(String.join(" ", chosen.stream().map(Candidate::text).toList()));
    return place && asked.answer().stream().allMatch(words -> all.contains(tidy(words)));
  }

  /** Whether some sentence of the named page is cited. */
  static boolean pageRight(
      SampleLibrary.Asked asked, List<Candidate> chosen, List<Passage> passages) {
    return chosen.stream().anyMatch(c -> at(asked, passages.get(c.passage() - 1)));
  }

  static boolean at(SampleLibrary.Asked asked, Passage passage) {
    var found = passage.hit().found();
    return found.documentName().value().equals(asked.document())
        && (asked.page() == 0 || found.chunk().page() == asked.page());
  }

  /** Whether a sentence holds at least one of the expected phrases whole. */
  static boolean holds(SampleLibrary.Asked asked, String sentence) {
    String tidy = tidy(sentence);
    return asked.answer().stream().allMatch(words -> tidy.contains(tidy(words)));
  }

  private static String tidy(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[\\s|*_`#]+", " ");
  }
}
