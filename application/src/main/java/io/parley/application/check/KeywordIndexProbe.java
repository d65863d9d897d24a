package io.parley.application.check;

import static io.parley.application.check.CheckFailed.unless;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.ChunkId;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.port.vectorstore.KeywordIndex;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.FilterField;
import io.parley.domain.retrieval.FilterValue;
import io.parley.domain.retrieval.IndexedWords;
import io.parley.domain.retrieval.LogPosition;
import io.parley.domain.retrieval.ScoredChunk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tries a keyword index with one of its own, which it removes at the end. */
public final class KeywordIndexProbe implements Probe {
  private static final Duration MAKING = Duration.ofMinutes(1);
  private static final Duration CHANGING = Duration.ofSeconds(60);
  private static final Duration READING = Duration.ofSeconds(30);
  private static final int MANY = 250;
  private static final int SEARCHES = 10;

  private final Subject subject;
  private final String place;
  private final IdSource ids;
  private final Supplier<KeywordIndex> opener;
  private final SampleWords samples;
  private @Nullable KeywordIndex opened;
  private boolean mayBeThere;
  private long position;

  /**
   * @param place what the index is called there, for whoever has to remove it by hand
   * @param opener opens an index that does not exist yet
   */
  public KeywordIndexProbe(
      Subject subject, String place, IdSource ids, Supplier<KeywordIndex> opener) {
    this.subject = subject;
    this.place = place;
    this.ids = ids;
    this.opener = opener;
    this.samples = new SampleWords(OwnScope.fresh(ids).bot(), ids);
  }

  @Override
  public Subject subject() {
    return subject;
  }

  @Override
  public List<Check> checks() {
    return List.of(
        Check.needed("create an index", MAKING, this::create),
        Check.needed("write the words of one text", CHANGING, this::writeOne),
        Check.of("write many", CHANGING, this::writeMany),
        Check.of("search", READING, this::search),
        Check.of("search of another bot", READING, this::searchElsewhere),
        Check.of("filter", READING, this::filter),
        Check.of("read back", READING, this::readBack),
        Check.of("delete", CHANGING, this::delete),
        Check.of("remove the index", MAKING, this::remove));
  }

  private KeywordIndex index() {
    return Optional.ofNullable(opened)
        .orElseThrow(() -> new IllegalStateException("It is not open."));
  }

  private void apply(IndexChange<IndexedWords> change) {
    position++;
    index().apply(List.of(change), new LogPosition(position, ids.next()));
  }

  private List<ScoredChunk> find(BotScope scope, String query, int limit, Filter filter) {
    return index().search(scope, query, limit, filter);
  }

  private Verdict create() {
    mayBeThere = true;
    try {
      opened = opener.get();
    } catch (PortFailure e) {
      mayBeThere = e.retryable();
      throw e;
    }
    unless(index().count() == 0, "A new index is not empty.");
    return Verdict.passed();
  }

  private Verdict writeOne() {
    apply(new IndexChange.Add<>(samples.first(1)));
    apply(new IndexChange.Add<>(samples.first(1)));
    requireCount(1, "The words of one text were written twice");
    return Verdict.passed();
  }

  private Verdict writeMany() {
    apply(new IndexChange.Add<>(samples.first(MANY)));
    requireCount(MANY, "The words of " + MANY + " texts were written");
    return Verdict.passed(MANY + " at once");
  }

  private void requireCount(long expected, String written) {
    long counted = index().count();
    unless(counted == expected, written + ", and the index counts " + counted + ".");
  }

  private Verdict search() {
    Latencies latencies = new Latencies();
    for (int i = 0; i < SEARCHES; i++) {
      String own = SampleWords.own(i);
      List<ScoredChunk> found = latencies.of(() -> find(samples.scope(), own, 10, Filter.NONE));
      unless(
          idsOf(found).equals(Set.of(samples.at(i).id())) && found.getFirst().score() > 0,
          "A search for a word that stands in one text did not find that text, and it alone.");
    }
    List<ScoredChunk> all = find(samples.scope(), SampleWords.IN_ALL, 10, Filter.NONE);
    unless(all.size() == 10, "Of 10 results that there are, a search gave " + all.size() + ".");
    unless(
        all.stream().sorted(ScoredChunk.BEST_FIRST).toList().equals(all)
            && samples.ids(MANY).containsAll(idsOf(all)),
        "A search gave chunks that are not there, or not the best first.");
    return Verdict.passed(latencies.toString());
  }

  private Verdict searchElsewhere() {
    BotScope other = OwnScope.fresh(ids).bot();
    unless(
        find(other, SampleWords.IN_ALL, 10, Filter.NONE).isEmpty(),
        "A search of a bot without documents found those of another one. Do not use this index.");
    return Verdict.passed();
  }

  private Verdict filter() {
    Filter wanted =
        new Filter.Equal(
            new FilterField.InMetadata(SampleVectors.FIELD), new FilterValue.Truth(true));
    Set<ChunkId> found = idsOf(find(samples.scope(), SampleWords.IN_ALL, MANY, wanted));
    Set<ChunkId> marked = samples.marked(MANY);
    unless(
        found.equals(marked),
        "Of "
            + marked.size()
            + " texts that pass a filter, a search gave "
            + found.stream().filter(marked::contains).count()
            + ", and "
            + found.stream().filter(id -> !marked.contains(id)).count()
            + " that do not pass.");
    return Verdict.passed(found.size() + " of " + MANY);
  }

  private Verdict readBack() {
    Set<ChunkId> wanted = samples.ofSource(MANY, 0);
    unless(
        index().chunksOf(samples.at(0).attributes().ref().source()).equals(wanted),
        "The chunks of a document that were read back are not those that were written.");
    unless(
        index().held(wanted).keySet().equals(wanted),
        "Chunks that were written are said to be missing.");
    return Verdict.passed(wanted.size() + " of one document");
  }

  private Verdict delete() {
    IndexedWords gone = samples.at(0);
    Set<ChunkId> wanted = samples.ofSource(MANY, 0);
    apply(new IndexChange.RemoveSource<>(gone.attributes().ref().source()));
    Set<ChunkId> found = idsOf(find(samples.scope(), SampleWords.IN_ALL, MANY, Filter.NONE));
    unless(
        found.stream().noneMatch(wanted::contains)
            && index().chunksOf(gone.attributes().ref().source()).isEmpty(),
        "Words of a document that was deleted are still found.");
    requireCount(MANY - wanted.size(), "The words of one document were deleted");
    return Verdict.passed();
  }

  private Verdict remove() {
    index().drop();
    try {
      find(samples.scope(), SampleWords.IN_ALL, 1, Filter.NONE);
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
