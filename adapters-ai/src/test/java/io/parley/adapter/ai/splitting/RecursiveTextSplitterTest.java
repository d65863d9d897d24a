package io.parley.adapter.ai.splitting;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.document.PageText;
import io.parley.domain.document.TextSpan;
import io.parley.domain.port.ai.TextSplitter;
import io.parley.testkit.ai.TextSplitterContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecursiveTextSplitterTest extends TextSplitterContract {
  @Override
  protected TextSplitter splitter() {
    return new RecursiveTextSplitter();
  }

  @Test
  void sentencesWithoutAnySpaceBetweenThemAreCutInALine() {
    String text = "Bcd.".repeat(1_000_000);

    List<TextSpan> spans = splitter().split(PageText.plain(1, text), 600, 60);

    assertThat(spans.getFirst().start()).isZero();
    assertThat(spans.getLast().end()).isEqualTo(text.length());
    assertThat(spans).allMatch(span -> span.length() <= 600);
  }
}
