package io.parley.application.document;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.SourceId;
import io.parley.domain.erasure.ErasureReceipt;
import io.parley.domain.erasure.ErasureReceipt.Place;
import io.parley.domain.erasure.ErasureReceipt.Store;
import io.parley.domain.port.persistence.ErasureRepository;
import io.parley.domain.port.persistence.IngestionRepository;
import io.parley.domain.port.storage.BlobStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Takes sources out of the stores in their order: answers, indexes, blobs, rows. Nothing is counted
 * after it is gone: a crash in between would lose the count.
 */
final class RemoveKnowledge {
  private static final int AT_ONCE = 200;

  private final ErasureRepository erasures;
  private final IngestionRepository ingestion;
  private final BlobStore blobs;
  private final IndexRemoval indexes;

  RemoveKnowledge(
      ErasureRepository erasures,
      IngestionRepository ingestion,
      BlobStore blobs,
      IndexRemoval indexes) {
    this.erasures = erasures;
    this.ingestion = ingestion;
    this.blobs = blobs;
    this.indexes = indexes;
  }

  /** One visit to one source, or to all of some bots; what it waits for, if it must come back. */
  Optional<String> remove(List<BotScope> bots, @Nullable SourceId only, ErasureLedger ledger) {
    blank(bots, only, ledger);
    if (!ledger.isCounted()) {
      count(bots, only, ledger);
    }
    long position = announce(bots, only, ledger);
    Optional<String> waiting = readBackIndexes(bots, only, position, ledger);
    if (waiting.isPresent()) {
      return waiting;
    }
    forEach(bots, only, (bot, source) -> removeBytesAndRows(bot, source, only, ledger));
    return readBack(bots, only, ledger);
  }

  boolean purged() {
    return indexes.purged();
  }

  /** An answer on its way when the tombstone came may have been kept since. */
  private void blank(List<BotScope> bots, @Nullable SourceId only, ErasureLedger ledger) {
    for (BotScope bot : bots) {
      ledger.fenced(() -> {
        ledger.add(
            Store.ANSWERS,
            only == null
                ? erasures.blankAnswersOfBot(bot)
                : erasures.blankAnswersCiting(bot, only));
        ledger.add(Store.REPEATED_ANSWERS, erasures.emptyRepeats(bot, only));
      });
    }
  }

  private void count(List<BotScope> bots, @Nullable SourceId only, ErasureLedger ledger) {
    long announced = sum(bots, bot -> erasures.inventory(bot, only).chunks());
    long[] files = new long[1];
    forEach(bots, only, (bot, source) -> files[0] += blobs.count(bot, source));
    List<Place> places = indexes.places();
    long[] late = new long[places.size()];
    if (ledger.visit() == ErasureReceipt.SECOND) {
      forEach(
          bots,
          only,
          (_, source) -> {
            for (int i = 0; i < late.length; i++) {
              late[i] += indexes.held(places.get(i), source);
            }
          });
    }
    ledger.fenced(() -> {
      for (int i = 0; i < late.length; i++) {
        boolean first = ledger.visit() == ErasureReceipt.FIRST;
        ledger.expect(places.get(i), first ? announced : late[i]);
      }
      ledger.expect(Place.of(Store.BLOBS), files[0]);
    });
  }

  private long announce(List<BotScope> bots, @Nullable SourceId only, ErasureLedger ledger) {
    long[] last = new long[1];
    inParts(
        bots,
        only,
        (bot, sources) ->
            ledger.fenced(() ->
                sources.forEach(
                    source -> last[0] = Math.max(last[0], indexes.announce(bot, source)))));
    indexes.wake();
    return last[0];
  }

  private Optional<String> readBackIndexes(
      List<BotScope> bots, @Nullable SourceId only, long position, ErasureLedger ledger) {
    boolean[] held = new boolean[1];
    forEach(bots, only, (_, source) -> held[0] |= !indexes.isGone(source));
    return held[0]
        ? Optional.of("Waiting for this server's indexes to let go of what was erased.")
        : indexes.passed(position, ledger);
  }

  private void removeBytesAndRows(
      BotScope bot, SourceId source, @Nullable SourceId only, ErasureLedger ledger) {
    blobs.deleteAll(bot, source);
    ledger.fenced(() -> {
      if (only != null) {
        ledger.add(Store.ANSWERS, erasures.blankAnswersCiting(bot, source));
      }
      ledger.add(Store.ROWS, erasures.inventory(bot, source).rows());
      ingestion.removeRows(bot, source);
    });
  }

  private Optional<String> readBack(
      List<BotScope> bots, @Nullable SourceId only, ErasureLedger ledger) {
    if (sum(bots, bot -> erasures.inventory(bot, only).rows()) > 0) {
      return Optional.of("The database still has rows of what was erased.");
    }
    long[] files = new long[1];
    forEach(bots, only, (bot, source) -> files[0] += blobs.count(bot, source));
    if (files[0] > 0) {
      return Optional.of("The blob store still has files of what was erased.");
    }
    ledger.fenced(() -> {
      ledger.readBack(Store.ANSWERS, Set.of());
      ledger.readBack(Store.REPEATED_ANSWERS, Set.of());
      ledger.readBack(Store.BLOBS, blobs.retained());
      ledger.readBack(Store.ROWS, Set.of());
    });
    return Optional.empty();
  }

  /** Whatever lies below the user's id, whether a row ever knew it or not. */
  void removeFilesOf(ErasureLedger ledger) {
    long late = blobs.count(ledger.owner());
    if (late > 0) {
      ledger.fenced(() -> ledger.add(Store.BLOBS, late));
      blobs.deleteAll(ledger.owner());
    }
    if (blobs.count(ledger.owner()) > 0) {
      throw new IllegalStateException("Files came while they were removed.");
    }
  }

  private static long sum(List<BotScope> bots, ToLongFunction<BotScope> of) {
    return bots.stream().mapToLong(of).sum();
  }

  private void forEach(
      List<BotScope> bots, @Nullable SourceId only, BiConsumer<BotScope, SourceId> work) {
    inParts(bots, only, (bot, sources) -> sources.forEach(source -> work.accept(bot, source)));
  }

  private void inParts(
      List<BotScope> bots, @Nullable SourceId only, BiConsumer<BotScope, List<SourceId>> work) {
    for (BotScope bot : bots) {
      if (only != null) {
        work.accept(bot, List.of(only));
      } else {
        inParts(bot, sources -> work.accept(bot, sources));
      }
    }
  }

  private void inParts(BotScope bot, Consumer<List<SourceId>> work) {
    SourceId last = null;
    for (List<SourceId> some = erasures.tombstones(bot, last, AT_ONCE);
        !some.isEmpty();
        some = erasures.tombstones(bot, last, AT_ONCE)) {
      work.accept(some);
      last = some.getLast();
    }
  }
}
