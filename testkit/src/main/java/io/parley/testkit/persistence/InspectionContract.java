package io.parley.testkit.persistence;

import static io.parley.testkit.persistence.BotKnowledge.MODEL;
import static io.parley.testkit.persistence.BotKnowledge.NOW;
import static io.parley.testkit.persistence.BotKnowledge.chunks;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.Document;
import io.parley.domain.document.ErasureId;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.erasure.ErasureReceipt.Kind;
import io.parley.domain.job.Job;
import io.parley.domain.job.JobId;
import io.parley.domain.job.JobKind;
import io.parley.domain.job.Lease;
import io.parley.domain.port.persistence.Inspection;
import io.parley.domain.port.persistence.Inspection.Flaw;
import io.parley.domain.port.persistence.Inspection.FlawKind;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.port.persistence.ReceiptRepository.NewErasure;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.IndexedWords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link Inspection} finds. Nobody else may use the database under test. */
public abstract class InspectionContract {

  private static final Instant FAR = Instant.parse("2100-01-01T00:00:00Z");
  private static final long EVER = Long.MAX_VALUE;
  private static final int PLENTY = 1_000;

  @SuppressWarnings("NullAway.Init") // set before each test
  private BotKnowledge knowledge;

  /** The database under test. */
  protected abstract Persistence persistence();

  private Inspection inspection() {
    return persistence().inspection();
  }

  @BeforeEach
  void aBot() {
    knowledge = BotKnowledge.in(persistence());
  }

  private VersionRef version(String name) {
    return knowledge.add(name).ref();
  }

  private static List<ChunkId> ids(VersionRef ref, int count) {
    return chunks(ref, new String[] {"a", "b", "c"}).subList(0, count).stream()
        .map(Chunk::id)
        .toList();
  }

  private List<ChunkId> expected(long upTo, int limit) {
    List<ChunkId> all = new ArrayList<>();
    List<ChunkId> some = inspection().expected(null, upTo, limit);
    while (!some.isEmpty()) {
      all.addAll(some);
      some = inspection().expected(some.getLast(), upTo, limit);
    }
    return all;
  }

  @Test
  void chunksOfServingAndAnnouncedVersionsAreExpected() {
    VersionRef serving = version("serving.txt");
    knowledge.complete(serving, "a", "b");
    VersionRef waiting = version("waiting.txt");
    long announced = knowledge.embed(waiting, "a").position();
    VersionRef split = version("split.txt");
    knowledge.split(split, "a", "b", "c");

    for (int limit : new int[] {1, 2, PLENTY}) {
      assertThat(expected(EVER, limit))
          .doesNotHaveDuplicates()
          .containsAll(ids(serving, 2))
          .containsAll(ids(waiting, 1))
          .doesNotContainAnyElementsOf(ids(split, 3));
    }
    assertThat(expected(announced - 1, PLENTY))
        .containsAll(ids(serving, 2))
        .doesNotContainAnyElementsOf(ids(waiting, 1));
    assertThat(inspection().stale(ids(serving, 3))).containsExactly(ids(serving, 3).getLast());
    assertThat(inspection().stale(ids(waiting, 1))).isEmpty();
    assertThat(inspection().stale(ids(split, 1))).containsExactlyElementsOf(ids(split, 1));
  }

  @Test
  void chunksOfAReplacedVersionAreStale() {
    Document document = knowledge.add("first.txt");
    knowledge.complete(document.ref(), "a");
    VersionRef second = knowledge.addVersion(document.id(), "second.txt");
    knowledge.embed(second, "a");
    assertThat(expected(EVER, PLENTY))
        .containsAll(ids(document.ref(), 1))
        .containsAll(ids(second, 1));

    knowledge.complete(second, "a");

    assertThat(expected(EVER, PLENTY))
        .doesNotContainAnyElementsOf(ids(document.ref(), 1))
        .containsAll(ids(second, 1));
    assertThat(
            inspection()
                .stale(List.of(ids(document.ref(), 1).getFirst(), ids(second, 1).getFirst())))
        .containsExactlyElementsOf(ids(document.ref(), 1));
  }

  @Test
  void chunksOfWhatIsErasedAreStaleOnceTheLogRemovesThem() {
    VersionRef erased = version("erased.txt");
    knowledge.complete(erased, "a");
    persistence().documents().tombstone(knowledge.scope(), erased.source(), NOW);
    assertStaleOnceTheLogRemoves(erased);
    VersionRef ofBot = version("of-bot.txt");
    knowledge.complete(ofBot, "a");
    persistence().bots().tombstone(knowledge.scope(), NOW);
    assertStaleOnceTheLogRemoves(ofBot);
  }

  private void assertStaleOnceTheLogRemoves(VersionRef ref) {
    assertThat(expected(EVER, PLENTY)).doesNotContainAnyElementsOf(ids(ref, 1));
    assertThat(inspection().stale(ids(ref, 1))).isEmpty();

    persistence().changeLog().sourceRemoved(knowledge.scope(), ref.source());

    assertThat(inspection().stale(ids(ref, 1))).containsExactlyElementsOf(ids(ref, 1));
  }

  @Test
  void expectedChunksCanBeReadAsIndexesHoldThem() {
    VersionRef ref = version("read.txt");
    knowledge.complete(ref, "bread", "butter");
    VersionRef split = version("split.txt");
    knowledge.split(split, "jam");
    List<ChunkId> asked = new ArrayList<>(ids(ref, 2));
    asked.addAll(ids(split, 1));

    List<IndexedVector> vectors = inspection().vectors(asked, MODEL);
    List<IndexedWords> words = inspection().words(asked);

    List<IndexedVector> followed = persistence().indexFeed().vectors(ref, MODEL, null, PLENTY);
    assertThat(vectors).hasSameSizeAs(followed);
    for (IndexedVector vector : followed) {
      assertThat(vectors)
          .filteredOn(v -> v.id().equals(vector.id()))
          .singleElement()
          .satisfies(v -> {
            assertThat(v.attributes()).isEqualTo(vector.attributes());
            assertThat(v.vector()).isEqualTo(vector.vector());
          });
    }
    assertThat(words)
        .containsExactlyInAnyOrderElementsOf(persistence().indexFeed().words(ref, null, PLENTY));
    EmbeddingModel other = new EmbeddingModel("local", "another", 3);
    assertThat(inspection().vectors(asked, other)).isEmpty();
  }

  @Test
  void saysWhereBytesShouldBe() {
    Document document = knowledge.add("first.txt");
    VersionRef second = knowledge.addVersion(document.id(), "second.txt");
    VersionRef erased = version("erased.txt");
    persistence().documents().tombstone(knowledge.scope(), erased.source(), NOW);
    BlobKey firstKey = BlobKey.of(knowledge.scope(), document.ref(), document.name());

    List<VersionRef> listed = new ArrayList<>();
    List<BlobKey> some = inspection().blobs(null, 1);
    while (!some.isEmpty()) {
      listed.add(some.getFirst().ref());
      some = inspection().blobs(some.getFirst().ref(), 1);
    }

    assertThat(listed).contains(document.ref(), second).doesNotContain(erased);
    assertThat(listed).doesNotHaveDuplicates();
    VersionRef unknown = new VersionRef(new SourceId(UUID.randomUUID()), 1);
    VersionRef third = new VersionRef(document.id(), 3);
    assertThat(inspection().blobsOf(List.of(document.ref(), erased, unknown, third)))
        .containsOnlyKeys(document.ref(), erased)
        .containsEntry(document.ref(), firstKey);
    assertThat(inspection().erased(List.of(document.id(), erased.source(), unknown.source())))
        .containsExactly(erased.source());
    persistence().bots().tombstone(knowledge.scope(), NOW);
    assertThat(inspection().erased(List.of(document.id()))).containsExactly(document.id());
    assertThat(inspection().versions()).isGreaterThanOrEqualTo(3);
  }

  private List<Flaw> flaws(FlawKind kind) {
    return inspection().flaws(kind, null, PLENTY);
  }

  private Optional<Flaw> flaw(FlawKind kind, Object id) {
    return flaws(kind).stream().filter(flaw -> flaw.row().contains(id.toString())).findFirst();
  }

  private Job queue(JobKind kind, BotScope scope, SourceId source, @Nullable Integer version) {
    ErasureId erasure = version == null ? new ErasureId(UUID.randomUUID()) : null;
    Job job =
        new Job(
            new JobId(UUID.randomUUID()),
            kind,
            scope.tenant(),
            scope.owner(),
            scope.bot(),
            source,
            version,
            erasure);
    persistence().jobs().add(job, NOW);
    return job;
  }

  private List<Job> queued() {
    List<Job> jobs = new ArrayList<>();
    Set<JobKind> kinds = EnumSet.allOf(JobKind.class);
    for (Optional<Lease> lease = claim(kinds); lease.isPresent(); lease = claim(kinds)) {
      jobs.add(lease.get().job());
      persistence().jobs().complete(lease.get(), NOW);
    }
    return jobs;
  }

  private Optional<Lease> claim(Set<JobKind> kinds) {
    return persistence().jobs().claim("worker", kinds, Duration.ofMinutes(1), FAR);
  }

  @Test
  void aVersionThatNobodyWorksOnIsStuckAndQueuedOnce() {
    queued();
    VersionRef stuck = version("stuck.txt");
    VersionRef waiting = version("waiting.txt");
    queue(JobKind.INGEST, knowledge.scope(), waiting.source(), waiting.version());
    VersionRef announced = version("announced.txt");
    knowledge.embed(announced, "a");
    Flaw flaw = flaw(FlawKind.STUCK_VERSION, stuck.source()).orElseThrow();
    assertThat(flaw(FlawKind.STUCK_VERSION, waiting.source())).isEmpty();
    assertThat(flaw(FlawKind.STUCK_VERSION, announced.source())).isEmpty();

    assertThat(inspection().repair(flaw, NOW)).isTrue();

    assertThat(inspection().repair(flaw, NOW)).isFalse();
    assertThat(flaw(FlawKind.STUCK_VERSION, stuck.source())).isEmpty();
    assertThat(queued())
        .filteredOn(job -> stuck.source().equals(job.source()))
        .singleElement()
        .satisfies(job -> {
          assertThat(job.kind()).isEqualTo(JobKind.INGEST);
          assertThat(job.version()).isEqualTo(1);
          assertThat(job.tenant()).isEqualTo(knowledge.scope().tenant());
          assertThat(job.owner()).isEqualTo(knowledge.scope().owner());
          assertThat(job.bot()).isEqualTo(knowledge.scope().bot());
        });
  }

  @Test
  void aVersionThatTheLogDoesNotKnowIsAnnouncedOnce() {
    VersionRef ref = version("silent.txt");
    knowledge.split(ref, "a");
    persistence()
        .ingestion()
        .embedded(knowledge.scope(), ref, persistence().indexFeed().head() + 5);
    Flaw flaw = flaw(FlawKind.UNANNOUNCED_VERSION, ref.source()).orElseThrow();

    assertThat(inspection().repair(flaw, NOW)).isTrue();

    assertThat(inspection().repair(flaw, NOW)).isFalse();
    assertThat(flaw(FlawKind.UNANNOUNCED_VERSION, ref.source())).isEmpty();
    assertThat(persistence().indexFeed().after(persistence().indexFeed().head() - 1, 1))
        .singleElement()
        .satisfies(entry -> assertThat(entry.source()).isEqualTo(ref.source()));
  }

  @Test
  void workOnNothingIsRemovedAsLongAsItWaits() {
    queued();
    SourceId nowhere = new SourceId(UUID.randomUUID());
    Job job = queue(JobKind.INGEST, knowledge.scope(), nowhere, 1);
    VersionRef there = version("there.txt");
    Job useful = queue(JobKind.INGEST, knowledge.scope(), there.source(), 1);
    Flaw flaw = flaw(FlawKind.JOB_WITHOUT_VERSION, job.id()).orElseThrow();
    assertThat(flaw(FlawKind.JOB_WITHOUT_VERSION, useful.id())).isEmpty();

    assertThat(inspection().repair(flaw, NOW)).isTrue();

    assertThat(inspection().repair(flaw, NOW)).isFalse();
    assertThat(persistence().jobs().depth(knowledge.scope())).isEqualTo(1);
    assertThat(queued()).containsExactly(useful);
    assertThat(persistence().jobs().depth(knowledge.scope())).isZero();
  }

  @Test
  void anErasureThatNobodyCarriesOutIsQueuedOnce() {
    queued();
    VersionRef ref = version("erased.txt");
    ErasureId erasure = new ErasureId(UUID.randomUUID());
    persistence().documents().tombstone(knowledge.scope(), ref.source(), NOW);
    persistence()
        .receipts()
        .start(
            knowledge.owner(),
            new NewErasure(erasure, Kind.DOCUMENT, knowledge.scope().bot(), ref.source(), null),
            NOW);
    Flaw flaw = flaw(FlawKind.UNFINISHED_ERASURE, ref.source()).orElseThrow();

    assertThat(inspection().repair(flaw, NOW)).isTrue();

    assertThat(inspection().repair(flaw, NOW)).isFalse();
    assertThat(flaw(FlawKind.UNFINISHED_ERASURE, ref.source())).isEmpty();
    assertThat(queued())
        .singleElement()
        .satisfies(job -> {
          assertThat(job.kind()).isEqualTo(JobKind.ERASE_SOURCE);
          assertThat(job.source()).isEqualTo(ref.source());
          assertThat(job.erasure()).isEqualTo(erasure);
        });
    persistence().ingestion().removeRows(knowledge.scope(), ref.source());
    assertThat(flaw(FlawKind.UNFINISHED_ERASURE, ref.source())).isEmpty();
  }

  @Test
  void aBotWhoseErasureNobodyCarriesOutIsQueuedWithAReceiptOfItsOwn() {
    queued();
    VersionRef ref = version("of-bot.txt");
    queue(JobKind.ERASE_SOURCE, knowledge.scope(), ref.source(), null);
    persistence().bots().tombstone(knowledge.scope(), NOW);
    Flaw flaw = flaw(FlawKind.UNFINISHED_ERASURE, knowledge.scope().bot()).orElseThrow();
    queued();

    assertThat(inspection().repair(flaw, NOW)).isTrue();

    assertThat(flaw(FlawKind.UNFINISHED_ERASURE, knowledge.scope().bot())).isEmpty();
    assertThat(queued())
        .singleElement()
        .satisfies(job -> {
          assertThat(job.kind()).isEqualTo(JobKind.ERASE_BOT);
          assertThat(job.bot()).isEqualTo(knowledge.scope().bot());
          assertThat(job.erasure()).isNotNull();
        });
  }

  @Test
  void flawsAreListedInPortions() {
    for (int i = 0; i < 5; i++) {
      version("stuck-" + i + ".txt");
    }
    List<Flaw> all = new ArrayList<>();
    List<Flaw> some = inspection().flaws(FlawKind.STUCK_VERSION, null, 2);
    while (!some.isEmpty()) {
      assertThat(some).hasSizeLessThanOrEqualTo(2);
      all.addAll(some);
      some = inspection().flaws(FlawKind.STUCK_VERSION, some.getLast().row(), 2);
    }

    assertThat(all).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(5);
    assertThat(all).containsExactlyInAnyOrderElementsOf(flaws(FlawKind.STUCK_VERSION));
  }

  @Test
  void rowsThatTheDatabaseKeepsTogetherAreNotStray() {
    knowledge.complete(version("whole.txt"), "a", "b");

    assertThat(flaws(FlawKind.STRAY_EMBEDDING)).isEmpty();
    assertThat(flaws(FlawKind.STRAY_CHUNK)).isEmpty();
    assertThat(flaws(FlawKind.STRAY_PAGE)).isEmpty();
  }
}
