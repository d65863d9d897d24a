package io.parley.application.document;

import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.PageText;
import io.parley.domain.document.TextSpan;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.ai.TextSplitter;
import io.parley.domain.port.persistence.IngestionRepository.Cut;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts the pages of one version into numbered chunks, one page after another. */
final class ChunkCutter {
  private static final int LONGEST_CONTEXT = 200;
  private static final int LONGEST_HEADER = 300;

  private final TextSplitter splitter;
  private final ChunkingOptions options;
  private final VersionRef ref;
  private final @Nullable String title;
  private int ordinal;
  private int pageStart;

  /**
   * @param before what was cut already
   */
  ChunkCutter(
      TextSplitter splitter,
      ChunkingOptions options,
      VersionRef ref,
      @Nullable String title,
      Cut before) {
    this.splitter = splitter;
    this.options = options;
    this.ref = ref;
    this.title = title;
    this.ordinal = before.chunks();
    this.pageStart = before.end();
  }

  List<Chunk> cut(PageText page) {
    List<Chunk> chunks = new ArrayList<>();
    for (TextSpan span : splitter.split(page, options.size(), options.overlap())) {
      chunks.add(
          new Chunk(
              ChunkId.of(ref, ordinal),
              ref,
              ordinal,
              page.number(),
              span.shifted(pageStart),
              context(page, span),
              span.of(page.text())));
      ordinal++;
    }
    pageStart += page.text().length() + 1;
    return chunks;
  }

  /** Of all pages so far. */
  int count() {
    return ordinal;
  }

  private @Nullable String context(PageText page, TextSpan span) {
    String label = page.label();
    String above =
        title == null || title.equals(label)
            ? label
            : label == null ? title : title + " › " + label;
    String place = above == null ? null : shortened(above, LONGEST_CONTEXT);
    String columns = TableHeader.above(page, span);
    if (columns == null) {
      return place;
    }
    String header = shortened(columns, LONGEST_HEADER);
    return place == null ? header : place + "\n" + header;
  }

  private static String shortened(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    return text.substring(0, Character.isLowSurrogate(text.charAt(length)) ? length - 1 : length);
  }
}
