package io.parley.adapter.ai.local;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Compared with Hugging Face's own tokenizer, in Rust. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WordPieceTokenizerTest {
  private final WordPieceTokenizer ours = new WordPieceTokenizer(ModelFiles.vocabulary(), 512);
  private HuggingFaceTokenizer theirs;

  @BeforeAll
  void openTheReferenceWithoutNetwork() throws Exception {
    System.setProperty("ai.djl.offline", "true");
    try (var in = getClass().getResourceAsStream("/all-minilm-l6-v2-q-tokenizer.json")) {
      theirs =
          HuggingFaceTokenizer.newInstance(
              in, Map.of("padding", "false", "truncation", "true", "maxLength", "512"));
    }
  }

  @AfterAll
  void closeTheReference() {
    theirs.close();
  }

  @Test
  void texts_on_which_tokenizers_disagree_have_the_references_ids() {
    for (String text : ReferenceTexts.ALL) {
      assertThat(ours.encode(text)).as(text).isEqualTo(theirs.encode(text).getIds());
    }
  }

  @Test
  void random_texts_have_the_references_ids() {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      String text = randomText(random);
      assertThat(ours.encode(text))
          .as("text %d: %s", i, text)
          .isEqualTo(theirs.encode(text).getIds());
    }
  }

  /** Letters, marks and symbols of scripts whose properties have been the same for twenty years. */
  private static String randomText(Random random) {
    int[] starts = {
      0x20, 0x61, 0xC0, 0x370, 0x410, 0x5D0, 0x620, 0x910, 0x3041, 0x4E00, 0x2010, 0x1F600
    };
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(60) + 1; i > 0; i--) {
      text.appendCodePoint(starts[random.nextInt(starts.length)] + random.nextInt(26));
      if (random.nextInt(4) == 0) {
        text.append(' ');
      }
    }
    return text.toString();
  }

  @Test
  void a_long_text_is_cut_and_still_closed() {
    WordPieceTokenizer small = new WordPieceTokenizer(ModelFiles.vocabulary(), 8);

    long[] ids = small.encode("one two three four five six seven eight nine");

    assertThat(ids).hasSize(8);
    assertThat(ids[0]).isEqualTo(101);
    assertThat(ids[7]).isEqualTo(102);
  }

  @Test
  void marks_within_a_text_are_words_like_any_other() {
    assertThat(ours.encode("[SEP] [CLS]")).containsOnlyOnce(101).containsOnlyOnce(102);
  }
}
