package io.parley.adapter.ai.splitting;

import io.parley.domain.document.PageText;
import io.parley.domain.document.PageText.Block;
import io.parley.domain.document.PageText.Block.Kind;
import io.parley.domain.document.TextSpan;
import io.parley.domain.port.ai.TextSplitter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Packs whole blocks into pieces as long as they fit, and cuts only a block that is longer than a
 * piece: prose where LangChain4j's recursive splitter cuts it, tables and code between their lines.
 * Headings go with the block after them. Safe for use by many threads.
 */
public final class RecursiveTextSplitter implements TextSplitter {
  private static final int SHORTEST = 50;

  private final ProseCutter prose = new ProseCutter();

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when {@code maxLength} is under 50, or {@code overlap}
   *     negative or not under half of it
   */
  @Override
  public List<TextSpan> split(PageText page, int maxLength, int overlap) {
    if (maxLength < SHORTEST || overlap < 0 || overlap >= (maxLength + 1) / 2) {
      throw new IllegalArgumentException(
          "Pieces of " + maxLength + " units cannot share " + overlap + " of them.");
    }
    Packing packing =
        new Packing(new BlockCutter(prose, page.text(), maxLength, overlap), maxLength);
    PageUnits.of(page).forEach(packing::add);
    return packing.finished();
  }

  /** The piece being filled, and those that are full. */
  private static final class Packing {
    private final BlockCutter cutter;
    private final int maxLength;
    private final List<TextSpan> full = new ArrayList<>();
    private final Deque<Block> open = new ArrayDeque<>();

    Packing(BlockCutter cutter, int maxLength) {
      this.cutter = cutter;
      this.maxLength = maxLength;
    }

    void add(Block unit) {
      if (!fits(unit)) {
        Deque<Block> headings = takeTrailingHeadings();
        close();
        open.addAll(headings);
      }
      if (fits(unit)) {
        open.add(unit);
      } else if (unit.span().length() <= maxLength && staysWhole(unit)) {
        close();
        open.add(unit);
      } else {
        cut(unit);
      }
    }

    private boolean fits(Block unit) {
      return unit.span().end() - openStart(unit) <= maxLength;
    }

    /** A table is rather whole without its heading than cut with it. */
    private boolean staysWhole(Block unit) {
      return unit.kind() == Kind.TABLE
          || unit.kind() == Kind.CODE
          || openLength(unit) > maxLength / 2;
    }

    private int openStart(Block next) {
      return open.isEmpty() ? next.span().start() : open.getFirst().span().start();
    }

    private int openLength(Block next) {
      return next.span().start() - openStart(next);
    }

    private Deque<Block> takeTrailingHeadings() {
      Deque<Block> headings = new ArrayDeque<>();
      while (!open.isEmpty() && open.getLast().kind() == Kind.HEADING) {
        headings.addFirst(open.removeLast());
      }
      return headings;
    }

    /** The last part of a cut block stays open: what follows may still fit beside it. */
    private void cut(Block unit) {
      int before = openLength(unit);
      if (before > maxLength / 2) {
        close();
        before = 0;
      }
      int start = openStart(unit);
      open.clear();
      List<TextSpan> pieces = cutter.cut(unit, before);
      for (int i = 0; i < pieces.size(); i++) {
        TextSpan piece = pieces.get(i);
        open.add(new Block(unit.kind(), i == 0 ? new TextSpan(start, piece.end()) : piece));
        if (i < pieces.size() - 1) {
          close();
        }
      }
    }

    private void close() {
      if (!open.isEmpty()) {
        full.add(new TextSpan(open.getFirst().span().start(), open.getLast().span().end()));
        open.clear();
      }
    }

    List<TextSpan> finished() {
      close();
      return List.copyOf(full);
    }
  }
}
