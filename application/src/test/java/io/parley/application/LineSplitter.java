package io.parley.application;

import io.parley.domain.document.PageText;
import io.parley.domain.document.TextSpan;
import io.parley.domain.port.ai.TextSplitter;
import java.util.List;
import java.util.regex.Pattern;

/** A line is a piece. */
public final class LineSplitter implements TextSplitter {
  private static final Pattern LINE = Pattern.compile("\\S[^\\n]*(?<=\\S)");

  @Override
  public List<TextSpan> split(PageText page, int maxLength, int overlap) {
    return LINE.matcher(page.text())
        .results()
        .map(line -> new TextSpan(line.start(), line.end()))
        .toList();
  }
}
