package io.parley.application.document;

import io.parley.application.background.WorkSignal;
import io.parley.domain.access.BotScope;
import io.parley.domain.document.SourceId;
import io.parley.domain.erasure.ErasureReceipt.Evidence;
import io.parley.domain.erasure.ErasureReceipt.Place;
import io.parley.domain.erasure.ErasureReceipt.Store;
import io.parley.domain.port.persistence.ChangeLog;
import io.parley.domain.port.persistence.IndexFeed;
import io.parley.domain.port.persistence.IndexFeed.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Takes sources out of every index by the log, and knows when they are out. The indexes of this
 * process are read back; of those of other servers, which only they can read, the position counts
 * that they have durably reported.
 */
final class IndexRemoval {
  /** A server that has been away for longer may not come back; the receipt says so. */
  static final Duration AWAITED = Duration.ofDays(1);

  private final ChangeLog log;
  private final IndexFeed feed;
  private final Supplier<List<OwnIndex>> indexes;
  private final WorkSignal signal;

  IndexRemoval(ChangeLog log, IndexFeed feed, Supplier<List<OwnIndex>> indexes, WorkSignal signal) {
    this.log = log;
    this.feed = feed;
    this.indexes = indexes;
    this.signal = signal;
  }

  /** Every index that there is, of this server and of others. */
  List<Place> places() {
    List<OwnIndex> own = indexes.get();
    List<Place> places = new ArrayList<>(own.stream().map(OwnIndex::place).toList());
    others(own).forEach(standing -> places.add(place(standing)));
    return places;
  }

  /** How many chunks of a source the indexes of this server hold now, by place. */
  long held(Place place, SourceId source) {
    return indexes.get().stream()
        .filter(index -> index.place().equals(place))
        .mapToLong(index -> index.index().chunksOf(source).size())
        .sum();
  }

  /**
   * Sees to it that the log says that the source is gone, again if an index has missed it.
   *
   * @return the position that every index must pass
   */
  long announce(BotScope scope, SourceId source) {
    long position = log.sourceRemoved(scope, source).position();
    boolean missed =
        indexes.get().stream()
            .anyMatch(index ->
                positionOf(index) >= position && !index.index().chunksOf(source).isEmpty());
    return missed ? log.sourceRemovedAgain(scope, source).position() : position;
  }

  void wake() {
    signal.raise();
  }

  /** Whether no index of this server holds anything of the source. */
  boolean isGone(SourceId source) {
    return indexes.get().stream().allMatch(index -> index.index().chunksOf(source).isEmpty());
  }

  /**
   * Writes down which indexes have passed the position.
   *
   * @return what is to be waited for; empty when nothing is
   */
  Optional<String> passed(long position, ErasureLedger ledger) {
    List<OwnIndex> own = indexes.get();
    for (OwnIndex index : own) {
      long at = positionOf(index);
      if (at < position) {
        return Optional.of("Waiting for this server's indexes to read the log.");
      }
      ledger.fenced(
          () -> ledger.confirm(index.place(), Evidence.READ_BACK, at, index.index().retained()));
    }
    for (Standing other : others(own)) {
      if (other.position().position() >= position) {
        confirm(other, Evidence.ACCEPTED, ledger);
      } else if (other.seenAt().plus(AWAITED).isBefore(ledger.now())) {
        confirm(other, Evidence.NOT_SEEN, ledger);
      } else {
        return Optional.of(
            "Waiting for the index \""
                + other.follower().name()
                + "\" of another server, which was last seen at "
                + other.seenAt()
                + ". Start that server, if it is not running.");
      }
    }
    return Optional.empty();
  }

  private static void confirm(Standing other, Evidence evidence, ErasureLedger ledger) {
    ledger.fenced(
        () -> ledger.confirm(place(other), evidence, other.position().position(), Set.of()));
  }

  /** Whether the files of this server's indexes hold nothing removed; else they go on merging. */
  boolean purged() {
    boolean all = true;
    for (OwnIndex index : indexes.get()) {
      all &= index.index().purge();
    }
    return all;
  }

  private List<Standing> others(List<OwnIndex> own) {
    Set<UUID> mine = own.stream().map(index -> index.follower().id()).collect(Collectors.toSet());
    return feed.standings().stream()
        .filter(other -> !mine.contains(other.follower().id()))
        .toList();
  }

  private static Place place(Standing other) {
    Store store = other.follower().name().equals("words") ? Store.WORDS : Store.VECTORS;
    return new Place(store, other.follower().id(), other.follower().generation());
  }

  /** What the index itself keeps, which is right after a crash, before what was reported. */
  private long positionOf(OwnIndex index) {
    return index
        .index()
        .position()
        .orElseGet(() -> feed.positionOf(index.follower().id()))
        .position();
  }
}
