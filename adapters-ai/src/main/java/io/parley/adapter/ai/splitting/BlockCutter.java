package io.parley.adapter.ai.splitting;

import io.parley.domain.document.PageText.Block;
import io.parley.domain.document.PageText.Block.Kind;
import io.parley.domain.document.TextSpan;
import java.util.ArrayList;
import java.util.List;

/** Cuts one block that is longer than a piece may be, so that neighbours share some words. */
final class BlockCutter {
  private final ProseCutter prose;
  private final String text;
  private final int maxLength;
  private final int overlap;

  BlockCutter(ProseCutter prose, String text, int maxLength, int overlap) {
    this.prose = prose;
    this.text = text;
    this.maxLength = maxLength;
    this.overlap = overlap;
  }

  /**
   * Pieces of the block, each at most {@code maxLength}.
   *
   * @param before units that will be put before the first piece, at most half of {@code maxLength}
   */
  List<TextSpan> cut(Block block, int before) {
    int limit = maxLength - overlap;
    int start = block.span().start();
    int end = block.span().end();
    List<TextSpan> pieces = new ArrayList<>();
    if (before > 0) {
      TextSpan first = pieces(block.kind(), start, end, maxLength - before).getFirst();
      pieces.add(first);
      start = first.end();
    }
    pieces.addAll(pieces(block.kind(), start, end, limit));
    return overlapping(block, pieces);
  }

  private List<TextSpan> pieces(Kind kind, int start, int end, int limit) {
    return switch (kind) {
      case TABLE, CODE -> lines(start, end, limit);
      case HEADING, PARAGRAPH, LIST -> prose.cut(text, start, end, limit);
    };
  }

  /** Whole lines, as many as fit; a line that is too long is cut like prose. */
  private List<TextSpan> lines(int start, int end, int limit) {
    List<TextSpan> pieces = new ArrayList<>();
    int from = start;
    int to = start;
    while (to < end) {
      int next = lineEnd(to, end);
      if (next - from > limit && to > from) {
        add(from, to, limit, pieces);
        from = to;
      }
      to = next;
    }
    add(from, end, limit, pieces);
    return pieces;
  }

  private int lineEnd(int from, int end) {
    int at = text.indexOf('\n', from);
    return at < 0 || at >= end ? end : at + 1;
  }

  private void add(int start, int end, int limit, List<TextSpan> pieces) {
    TextSpan piece = Spaces.trimmed(text, start, end);
    if (piece == null) {
      return;
    }
    if (piece.length() <= limit) {
      pieces.add(piece);
    } else {
      pieces.addAll(prose.cut(text, piece.start(), piece.end(), limit));
    }
  }

  private List<TextSpan> overlapping(Block block, List<TextSpan> pieces) {
    List<TextSpan> wide = new ArrayList<>(pieces.subList(0, Math.min(1, pieces.size())));
    boolean rows = block.kind() == Kind.TABLE || block.kind() == Kind.CODE;
    for (int i = 1; i < pieces.size(); i++) {
      TextSpan piece = pieces.get(i);
      int room = Math.min(overlap, maxLength - piece.length());
      int earliest = Math.max(pieces.get(i - 1).start() + 1, piece.start() - room);
      wide.add(new TextSpan(sharedFrom(earliest, piece.start(), rows), piece.end()));
    }
    return wide;
  }

  /** The first place from {@code earliest} on where a sentence begins, else a word, else there. */
  private int sharedFrom(int earliest, int start, boolean rows) {
    int word = -1;
    for (int at = Math.max(1, earliest); at < start; at++) {
      char previous = text.charAt(at - 1);
      if (!Spaces.isSpace(previous) || Spaces.isSpace(text.charAt(at))) {
        continue;
      }
      if (previous == '\n' || (!rows && at > 1 && endsSentence(text.charAt(at - 2)))) {
        return at;
      }
      word = word < 0 ? at : word;
    }
    if (rows) {
      return start;
    }
    return word >= 0 ? word : withoutWords(earliest, start);
  }

  /** Scripts without spaces share characters; words with spaces are not begun in their middle. */
  private int withoutWords(int earliest, int start) {
    if (earliest >= start || Spaces.isSpace(text.charAt(start - 1))) {
      return start;
    }
    int at = Spaces.outsidePairs(text, earliest);
    return at < earliest ? earliest + 1 : at;
  }

  private static boolean endsSentence(char c) {
    return ".!?…。！？۔؟।".indexOf(c) >= 0;
  }
}
