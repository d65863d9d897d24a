package io.parley.adapter.vectorstore.pinecone;

import io.parley.domain.bot.BotId;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A bot's vectors are in one of some namespaces. One for each bot would be as strict, and the
 * filter says tenant and bot anyway; but who removes a source, or asks for a chunk, names no bot,
 * and would have to go through all of them.
 */
final class Namespaces {
  private static final int COUNT = 8;

  /** All that there can be. */
  static final List<String> ALL =
      IntStream.range(0, COUNT).mapToObj(number -> "parley-" + number).toList();

  private Namespaces() {}

  /** The same for ever: what is there would not be found in another. */
  static String of(BotId bot) {
    long bits = bot.value().getMostSignificantBits() ^ bot.value().getLeastSignificantBits();
    return ALL.get((int) Long.remainderUnsigned(bits ^ bits >>> 32, COUNT));
  }
}
