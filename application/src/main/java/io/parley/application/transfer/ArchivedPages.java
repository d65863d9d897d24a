package io.parley.application.transfer;

import io.parley.domain.document.Chunk;
import io.parley.domain.document.PageText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a version, with which its chunks are compared. Their texts are held up to a bound;
 * longer ones are read again, where they can be. For one thread.
 */
final class ArchivedPages {

  /** Eight bytes are held for each. */
  static final int MOST = 4_000_000;

  /** Characters that are held. */
  static final int MOST_HELD = 16_000_000;

  private final List<String> held = new ArrayList<>();
  private long[] starts = new long[16];
  private int count;
  private long end;
  private @Nullable String last;
  private int lastNumber;

  /** The next one; false when there are too many. */
  boolean add(PageText page) {
    if (count == MOST) {
      return false;
    }
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
    }
    starts[count++] = end;
    end += page.text().length() + 1L;
    if (end <= MOST_HELD) {
      held.add(page.text());
    } else {
      held.clear();
    }
    return true;
  }

  /**
   * Whether a chunk says what its page says.
   *
   * @param stored texts of pages by their number; absent where they cannot be read again: chunks of
   *     a text that is not held pass then
   */
  boolean say(Chunk chunk, @Nullable IntFunction<String> stored) {
    String page = end <= MOST_HELD ? held.get(chunk.page() - 1) : again(chunk.page(), stored);
    long start = chunk.span().start() - starts[chunk.page() - 1];
    int length = chunk.content().length();
    return page == null
        || (start >= 0
            && start + length <= page.length()
            && page.startsWith(chunk.content(), (int) start));
  }

  private @Nullable String again(int number, @Nullable IntFunction<String> stored) {
    if (stored != null && (last == null || lastNumber != number)) {
      last = stored.apply(number);
      lastNumber = number;
    }
    return last;
  }
}
