package io.parley.application.reconciliation;

import static io.parley.application.Bench.accepted;
import static io.parley.application.Bench.file;
import static io.parley.application.Bench.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.application.Bench;
import io.parley.application.Parley;
import io.parley.application.SpeakingModel;
import io.parley.application.reconciliation.ReconcileStores.Result;
import io.parley.domain.access.Access;
import io.parley.domain.access.Actor;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.ErasureId;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.erasure.ErasureReceipt.Kind;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.persistence.ReceiptRepository.NewErasure;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.IndexedWords;
import io.parley.testkit.vectorstore.SampleChunks;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReconcileStoresTest {
  private static final SourceId NOWHERE = new SourceId(new UUID(4, 4));

  private final Bench bench = new Bench();
  private Duration later = Duration.ZERO;
  private final List<StoreCheck> more = new ArrayList<>();
  private final Parley parley = parley();

  private Parley parley() {
    return bench
        .parley(SpeakingModel.quoting())
        .reconcileEvery(Duration.ZERO)
        .clock(() -> Instant.now().plus(later))
        .storeCheck(
            new StoreCheck() {
              @Override
              public String store() {
                return "more";
              }

              @Override
              public void look(Findings findings) {
                more.forEach(check -> check.look(findings));
              }
            })
        .build();
  }

  @AfterEach
  void close() {
    parley.close();
  }

  private Document complete(String name, String text) throws InterruptedException {
    Document document = accepted(parley.documents().upload().upload(bench.scope, file(name, text)));
    until(() -> bench.document(document.id()).status() == DocumentStatus.COMPLETE);
    return document;
  }

  private ReconciliationReport reconcile(boolean dryRun) {
    Result result = parley.reconcileStores().run(dryRun, Onlooker.NONE);
    return ((Result.Done) result).report();
  }

  private StoreReport reconciled(String store) {
    return of(store, reconcile(false));
  }

  private static StoreReport of(String store, ReconciliationReport report) {
    return report.stores().stream().filter(s -> s.store().equals(store)).findFirst().orElseThrow();
  }

  private void assertNothingFound() {
    assertThat(reconcile(false).stores())
        .allSatisfy(store -> {
          assertThat(store.failure()).isNull();
          assertThat(wrongs(store)).as(store.toString()).isZero();
        });
  }

  private static long wrongs(StoreReport store) {
    return store.missing()
        + store.orphaned()
        + store.repeated()
        + store.wrong()
        + store.repaired()
        + store.left();
  }

  @Test
  void findsNothingWhereNothingIsWrong() throws InterruptedException {
    parley.start();
    Document document = complete("ferry.txt", "The ferry sails at nine.\nIt is blue.");
    parley.documents().upload().replace(bench.scope, document.id(), file("f.txt", "At ten."));
    until(() -> Integer.valueOf(2).equals(bench.document(document.id()).servingVersion()));

    ReconciliationReport report = reconcile(false);

    assertThat(report.complete()).isTrue();
    assertThat(report.stores()).allSatisfy(store -> assertThat(wrongs(store)).isZero());
    assertThat(report.stores())
        .extracting(StoreReport::store)
        .containsExactly("rows", "vectors", "words", "blobs", "more");
    assertThat(of("vectors", report).lookedAt()).isPositive();
    assertThat(of("blobs", report).lookedAt()).isEqualTo(4);
    assertThat(bench.database.reconciliations().last("default").orElseThrow().report())
        .isEqualTo(report.asMap());
  }

  @Test
  void removesAVectorTooManyAndAddsOneThatIsMissing() throws InterruptedException {
    parley.start();
    Document document = complete("ferry.txt", "The ferry sails at nine.\nIt is blue.");
    ChunkId real = ChunkId.of(document.ref(), 0);
    VersionRef nowhere = new VersionRef(NOWHERE, 1);
    var stray =
        SampleChunks.vector(
            SampleChunks.attributes(bench.scope, nowhere), 0, bench.embedder.embedQuery("ferry"));
    bench.vectors.apply(
        List.of(
            new IndexChange.Add<IndexedVector>(List.of(stray)),
            new IndexChange.RemoveChunks<>(List.of(real))),
        bench.vectors.position().orElseThrow());

    StoreReport looked = of("vectors", reconcile(true));
    assertThat(looked.repaired()).isZero();
    assertThat(looked.missing()).isEqualTo(1);
    assertThat(looked.orphaned()).isEqualTo(1);
    assertThat(bench.vectors.held(List.of(stray.id()))).hasSize(1);

    StoreReport report = reconciled("vectors");

    assertThat(report.missing()).isEqualTo(1);
    assertThat(report.orphaned()).isEqualTo(1);
    assertThat(report.repaired()).isEqualTo(2);
    assertThat(bench.vectors.held(List.of(stray.id(), real))).containsOnlyKeys(real);
    assertNothingFound();
  }

  @Test
  void removesWordsOfAnErasedSource() throws InterruptedException {
    parley.start();
    Document document = complete("ferry.txt", "The ferry sails at nine.");
    IndexedWords left =
        bench.database.inspection().words(List.of(ChunkId.of(document.ref(), 0))).getFirst();
    parley.documents().erase().eraseDocument(bench.scope, document.id());
    until(() -> bench.database.inspection().versions() == 0);
    bench.words.apply(
        List.of(new IndexChange.Add<>(List.of(left))), bench.words.position().orElseThrow());

    assertThat(reconciled("words").orphaned()).isEqualTo(1);

    assertThat(bench.words.chunksOf(document.id())).isEmpty();
    assertNothingFound();
  }

  private BlobKey stray(VersionRef ref) {
    BlobKey key = BlobKey.of(bench.scope, ref, new DocumentName("stray.txt"));
    bench.blobs.put(bench.scope, key, new ByteArrayInputStream(new byte[] {1}), 10);
    return key;
  }

  @Test
  void removesABlobTooManyOnceNoUploadCanBeUnderWay() throws InterruptedException {
    parley.start();
    Document document = complete("ferry.txt", "The ferry sails at nine.");
    BlobKey stray = stray(new VersionRef(NOWHERE, 1));
    BlobKey secondName = stray(document.ref());
    assertNothingFound();
    later = Duration.ofHours(25);

    StoreReport report = reconciled("blobs");

    assertThat(report.orphaned()).isEqualTo(2);
    assertThat(report.repaired()).isEqualTo(2);
    assertThat(bench.blobs.holds(stray)).isFalse();
    assertThat(bench.blobs.holds(secondName)).isFalse();
    assertThat(bench.blobs.holds(BlobKey.of(bench.scope, document.ref(), document.name())))
        .isTrue();
    assertNothingFound();
  }

  @Test
  void removesABlobOfAnErasedSourceAtOnce() throws InterruptedException {
    parley.start();
    Document document = complete("ferry.txt", "The ferry sails at nine.");
    parley.documents().erase().eraseDocument(bench.scope, document.id());
    until(() -> bench.database.inspection().versions() == 0);
    BlobKey stray = stray(document.ref());

    assertThat(reconciled("blobs").orphaned()).isEqualTo(1);

    assertThat(bench.blobs.holds(stray)).isFalse();
  }

  @Test
  void reportsABlobThatIsMissing() throws InterruptedException {
    parley.start();
    Document document = complete("ferry.txt", "The ferry sails at nine.");
    bench.blobs.delete(bench.scope, BlobKey.of(bench.scope, document.ref(), document.name()));

    StoreReport report = reconciled("blobs");

    assertThat(report.missing()).isEqualTo(1);
    assertThat(report.repaired()).isZero();
    assertThat(report.details())
        .singleElement()
        .satisfies(left -> assertThat(left.what()).contains(document.id().toString()));
    assertThat(bench.document(document.id()).status()).isEqualTo(DocumentStatus.COMPLETE);
  }

  @Test
  void takesUpAVersionThatIsStuck() throws InterruptedException {
    Document document =
        accepted(parley.documents().upload().upload(bench.scope, file("f.txt", "At nine.")));
    bench.database.jobs().cancel(bench.scope, document.ref());
    parley.start();

    StoreReport report = reconciled("rows");

    assertThat(report.wrong()).isEqualTo(1);
    assertThat(report.repaired()).isEqualTo(1);
    until(() -> bench.document(document.id()).status() == DocumentStatus.COMPLETE);
    assertNothingFound();
  }

  @Test
  void endsAnErasureThatNobodyCarriesOut() throws InterruptedException {
    parley.start();
    Document document = complete("ferry.txt", "The ferry sails at nine.");
    bench
        .database
        .transactions()
        .run(() -> {
          bench.database.documents().tombstone(bench.scope, document.id(), Instant.now());
          bench
              .database
              .receipts()
              .start(
                  Access.own(Actor.Person.of(bench.scope.tenant(), bench.scope.owner(), false)),
                  new NewErasure(
                      new ErasureId(UUID.randomUUID()),
                      Kind.DOCUMENT,
                      bench.scope.bot(),
                      document.id(),
                      null),
                  Instant.now());
          bench.database.changeLog().sourceRemoved(bench.scope, document.id());
        });

    assertThat(reconciled("rows").repaired()).isEqualTo(1);

    until(() -> bench.database.inspection().versions() == 0);
    until(() -> bench.vectors.count() == 0);
    assertNothingFound();
  }

  /** Everything goes on at once; nothing of it may be taken for damage. */
  @Test
  void leavesAloneWhatIsJustBeingDone() throws Exception {
    parley.start();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread busy =
        Thread.ofPlatform()
            .start(() -> {
              try {
                comeAndGo();
              } catch (Throwable e) {
                failure.set(e);
              }
            });
    int runs = 0;
    while (busy.isAlive()) {
      assertNothingFound();
      runs++;
    }
    assertThat(failure.get()).isNull();
    assertThat(runs).isPositive();
    until(() -> bench.database.jobs().depth() == 0);
    assertNothingFound();
  }

  private void comeAndGo() throws InterruptedException {
    List<SourceId> there = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      String text = "Ferry number " + i + " sails.\n".repeat(20) + "It is blue.\n".repeat(i % 7);
      there.add(
          accepted(parley.documents().upload().upload(bench.scope, file("f" + i + ".txt", text)))
              .id());
      if (i % 3 == 2) {
        SourceId changed = there.get(i / 2 % there.size());
        parley.documents().upload().replace(bench.scope, changed, file("r.txt", "Again " + i));
      }
      if (i % 5 == 4) {
        parley.documents().erase().eraseDocument(bench.scope, there.remove(0));
      }
      if (i % 11 == 10) {
        parley.documents().cancel().cancel(bench.scope, there.getLast());
      }
    }
  }

  @Test
  void oneRunAtATime() {
    more.add(
        check(findings -> {
          Result second = parley.reconcileStores().run(false, Onlooker.NONE);
          assertThat(second).isEqualTo(new Result.Busy());
          findings.leftOrphan("x", "y");
        }));

    assertThat(reconciled("more").orphaned()).isEqualTo(1);
    assertThat(reconciled("more").orphaned()).isEqualTo(1);
  }

  @Test
  void aStoreThatFailsIsReportedAndTheOthersAreComparedAllTheSame() {
    more.add(
        check(findings -> {
          throw new PortFailure(PortFailure.Kind.UNAVAILABLE, "shelf", "It is away.", null);
        }));

    ReconciliationReport report = reconcile(false);

    assertThat(report.complete()).isFalse();
    assertThat(of("more", report).failure()).isEqualTo("shelf: It is away.");
    assertThat(of("blobs", report).failure()).isNull();
  }

  @Test
  void aRunThatIsToldToEndGivesTheTurnBack() {
    assertThatThrownBy(() ->
            parley
                .reconcileStores()
                .run(
                    false,
                    (store, lookedAt) -> {
                      if (store.equals("words")) {
                        throw new ReconciliationStopped("Enough.");
                      }
                    }))
        .isInstanceOf(ReconciliationStopped.class);
    assertThat(bench.database.reconciliations().last("default")).isEmpty();
    assertNothingFound();
  }

  private static StoreCheck check(Consumer<Findings> look) {
    return new StoreCheck() {
      @Override
      public String store() {
        return "more";
      }

      @Override
      public void look(Findings findings) {
        look.accept(findings);
      }
    };
  }
}
