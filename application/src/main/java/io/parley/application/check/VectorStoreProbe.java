package io.parley.application.check;

import static io.parley.application.check.CheckFailed.unless;

import io.parley.domain.document.ChunkId;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.FilterField;
import io.parley.domain.retrieval.FilterValue;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.LogPosition;
import io.parley.domain.retrieval.ScoredChunk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tries a vector store with an index of its own, which it removes at the end. */
public final class VectorStoreProbe implements Probe {
  private static final Duration MAKING = Duration.ofMinutes(3);
  private static final Duration CHANGING = Duration.ofSeconds(90);
  private static final Duration READING = Duration.ofSeconds(30);
  private static final int MANY = 250;
  private static final int SEARCHES = 10;

  private final Subject subject;
  private final String place;
  private final int dimension;
  private final IdSource ids;
  private final Supplier<VectorStore> opener;
  private final Patience patience;
  private final SampleVectors samples;
  private @Nullable VectorStore opened;
  private boolean mayBeThere;
  private long position;

  /**
   * @param place what the index is called there, for whoever has to remove it by hand
   * @param dimension numbers in a vector
   * @param opener opens an index that does not exist yet
   * @param patience how long what was written may take to be counted
   */
  public VectorStoreProbe(
      Subject subject,
      String place,
      int dimension,
      IdSource ids,
      Supplier<VectorStore> opener,
      Duration patience) {
    this.subject = subject;
    this.place = place;
    this.dimension = dimension;
    this.ids = ids;
    this.opener = opener;
    this.patience = new Patience(patience);
    this.samples = new SampleVectors(OwnScope.fresh(ids).bot(), dimension, ids);
  }

  @Override
  public Subject subject() {
    return subject;
  }

  @Override
  public List<Check> checks() {
    return List.of(
        Check.needed("create an index", MAKING, this::create),
        Check.needed("write one vector", CHANGING, this::writeOne),
        Check.of("write many", CHANGING, this::writeMany),
        Check.of("search", READING, this::search),
        Check.of("search of another bot", READING, this::searchElsewhere),
        Check.of("filter", READING, this::filter),
        Check.of("read back", READING, this::readBack),
        Check.of("wrong dimension", READING, this::wrongDimension),
        Check.of("delete", CHANGING, this::delete),
        Check.of("remove the index", MAKING, this::remove));
  }

  private VectorStore store() {
    return Optional.ofNullable(opened)
        .orElseThrow(() -> new IllegalStateException("It is not open."));
  }

  private void apply(IndexChange<IndexedVector> change) {
    position++;
    store().apply(List.of(change), new LogPosition(position, ids.next()));
  }

  private Verdict create() {
    mayBeThere = true;
    try {
      opened = opener.get();
    } catch (PortFailure e) {
      mayBeThere = e.retryable();
      throw e;
    }
    unless(store().count() == 0, "A new index is not empty.");
    return Verdict.passed(dimension + " dimensions");
  }

  private Verdict writeOne() throws InterruptedException {
    apply(new IndexChange.Add<>(samples.first(1)));
    apply(new IndexChange.Add<>(samples.first(1)));
    requireCount(1, "One vector was written twice");
    return Verdict.passed();
  }

  private Verdict writeMany() throws InterruptedException {
    apply(new IndexChange.Add<>(samples.first(MANY)));
    requireCount(MANY, MANY + " vectors were written");
    return Verdict.passed(MANY + " at once");
  }

  private void requireCount(long expected, String written) throws InterruptedException {
    long counted = patience.await(store()::count, count -> count == expected);
    unless(counted == expected, written + ", and the index counts " + counted + ".");
  }

  private Verdict search() {
    Latencies latencies = new Latencies();
    for (int i = 0; i < SEARCHES; i++) {
      IndexedVector wanted = samples.at(i);
      List<ScoredChunk> found =
          latencies.of(() -> store().search(samples.scope(), wanted.vector(), 10, Filter.NONE));
      unless(
          found.size() == 10, "Of 10 results that there are, a search gave " + found.size() + ".");
      unless(
          found.getFirst().id().equals(wanted.id())
              && Math.abs(found.getFirst().score() - 1) < 0.01,
          "A search for a vector that is there did not find it first, with a cosine of 1.");
      unless(
          found.stream().sorted(ScoredChunk.BEST_FIRST).toList().equals(found)
              && samples.ids(MANY).containsAll(idsOf(found)),
          "A search gave chunks that are not there, or not the best first.");
    }
    return Verdict.passed(latencies.toString());
  }

  private Verdict searchElsewhere() {
    List<ScoredChunk> found =
        store().search(OwnScope.fresh(ids).bot(), samples.at(0).vector(), 10, Filter.NONE);
    unless(
        found.isEmpty(),
        "A search of a bot without documents found those of another one. Do not use this store.");
    return Verdict.passed();
  }

  private Verdict filter() {
    Filter wanted =
        new Filter.Equal(
            new FilterField.InMetadata(SampleVectors.FIELD), new FilterValue.Truth(true));
    Set<ChunkId> found =
        idsOf(store().search(samples.scope(), samples.at(1).vector(), MANY, wanted));
    unless(
        found.equals(samples.marked(MANY)),
        "Of "
            + samples.marked(MANY).size()
            + " vectors that pass a filter, a search gave "
            + found.stream().filter(samples.marked(MANY)::contains).count()
            + ", and "
            + found.stream().filter(id -> !samples.marked(MANY).contains(id)).count()
            + " that do not pass.");
    return Verdict.passed(found.size() + " of " + MANY);
  }

  private Verdict readBack() {
    Set<ChunkId> wanted = samples.ofSource(MANY, 0);
    unless(
        store().chunksOf(samples.at(0).attributes().ref().source()).equals(wanted),
        "The chunks of a document that were read back are not those that were written.");
    unless(
        store().held(wanted).keySet().equals(wanted),
        "Chunks that were written are said to be missing.");
    return Verdict.passed(wanted.size() + " of one document");
  }

  private Verdict wrongDimension() throws InterruptedException {
    IndexedVector longer = samples.longer();
    requireRefused(() -> apply(new IndexChange.Add<>(List.of(longer))), "written");
    requireRefused(
        () -> store().search(samples.scope(), longer.vector(), 1, Filter.NONE), "searched");
    requireCount(MANY, "A vector of a wrong dimension was refused");
    return Verdict.passed("refused");
  }

  private void requireRefused(Runnable call, String done) {
    try {
      call.run();
    } catch (PortFailure e) {
      unless(
          e.kind() == PortFailure.Kind.CORRUPT_DATA,
          "A vector of " + (dimension + 1) + " numbers failed otherwise: " + e.sentence());
      return;
    }
    throw new CheckFailed(
        "A vector of " + (dimension + 1) + " numbers was " + done + ", not refused.");
  }

  private Verdict delete() throws InterruptedException {
    IndexedVector gone = samples.at(0);
    Set<ChunkId> wanted = samples.ofSource(MANY, 0);
    apply(new IndexChange.RemoveSource<>(gone.attributes().ref().source()));
    Set<ChunkId> found = idsOf(store().search(samples.scope(), gone.vector(), MANY, Filter.NONE));
    unless(
        found.stream().noneMatch(wanted::contains)
            && store().chunksOf(gone.attributes().ref().source()).isEmpty(),
        "Vectors of a document that was deleted are still found.");
    requireCount(MANY - wanted.size(), "The vectors of one document were deleted");
    return Verdict.passed();
  }

  private Verdict remove() {
    store().drop();
    try {
      store().search(samples.scope(), samples.at(1).vector(), 1, Filter.NONE);
    } catch (PortFailure e) {
      mayBeThere = false;
      return Verdict.passed();
    }
    throw new CheckFailed("The index was removed and still answers.");
  }

  private static Set<ChunkId> idsOf(List<ScoredChunk> found) {
    return found.stream().map(ScoredChunk::id).collect(Collectors.toSet());
  }

  /** An index that was asked for may have come into being after nobody waited for it any more. */
  @Override
  public List<String> cleanUp() {
    try {
      if (mayBeThere) {
        opened = opened == null ? opener.get() : opened;
        opened.drop();
      }
      return List.of();
    } catch (RuntimeException e) {
      return List.of(place);
    } finally {
      if (opened != null) {
        opened.close();
      }
    }
  }
}
