package io.parley.domain.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SentencesTest {

  @Test
  void sentencesEndWhereTheyEnd() {
    assertThat(of("One two. Three four? Five!\nSix seven\neight."))
        .containsExactly("One two.", "Three four?", "Five!", "Six seven\neight.");
  }

  @Test
  void abbreviationsAndInitialsDoNotEndASentence() {
    assertThat(of("Dr. Okafor met Prof. Lind at no. 7. They spoke, e.g. of J. Falk."))
        .containsExactly("Dr. Okafor met Prof. Lind at no. 7.", "They spoke, e.g. of J. Falk.");
  }

  @Test
  void rowsAndItemsStandAlone() {
    assertThat(of("Prices\nLamp | 80\nChair | 30\n\n- first\n- second item"))
        .containsExactly("Prices", "Lamp | 80", "Chair | 30", "- first", "- second item");
  }

  @Test
  void otherScriptsHaveSentencesToo() {
    assertThat(of("یہ پہلا جملہ ہے۔ یہ دوسرا ہے۔")).hasSize(2);
    assertThat(of("これは文です。二番目です。")).hasSize(2);
  }

  @Test
  void nothingComesFromNothing() {
    assertThat(Sentences.of(" \n\n\t ")).isEmpty();
    assertThat(Sentences.of("")).isEmpty();
  }

  private static List<String> of(String text) {
    return Sentences.of(text).stream().map(s -> s.of(text)).toList();
  }
}
