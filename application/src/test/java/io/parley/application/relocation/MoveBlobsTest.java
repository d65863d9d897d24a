package io.parley.application.relocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.application.Bench;
import io.parley.application.Bent;
import io.parley.application.Parley;
import io.parley.application.SpeakingModel;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.ContentType;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.storage.BlobStore;
import io.parley.domain.port.storage.PreviewAs;
import io.parley.domain.port.storage.PutResult;
import io.parley.domain.port.storage.SignedBlobs;
import io.parley.testkit.fault.CallObserver;
import io.parley.testkit.fault.CountedCalls;
import io.parley.testkit.fault.PortCall;
import io.parley.testkit.storage.InMemoryBlobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MoveBlobsTest {
  private static final int DOCUMENTS = 130; // more than a portion

  private final Bench bench = new Bench();
  private final InMemoryBlobStore before = bench.blobs;
  private final InMemoryBlobStore now = new InMemoryBlobStore();
  private final List<Document> documents = new ArrayList<>();
  private Instant time = Instant.parse("2030-01-01T00:00:00Z");

  @BeforeEach
  void upload() {
    try (Parley parley = bench.parley(SpeakingModel.quoting()).build()) {
      for (int i = 0; i < DOCUMENTS; i++) {
        documents.add(
            Bench.accepted(
                parley
                    .documents()
                    .upload()
                    .upload(bench.scope, Bench.file(i + ".txt", "Ship " + i))));
      }
    }
  }

  private MoveBlobs moving(BlobStore from, BlobStore to) {
    return new MoveBlobs(
        new RelocatingBlobStore(to, from),
        bench.database.inspection(),
        bench.database.reconciliations(),
        UUID.randomUUID(),
        () -> time);
  }

  private static void round(MoveBlobs moving) {
    while (moving.doSome()) {}
  }

  private BlobKey keyOf(Document document) {
    return bench.database.documents().blobKey(bench.scope, document.id()).orElseThrow();
  }

  private static String text(Optional<InputStream> content) throws IOException {
    try (InputStream bytes = content.orElseThrow()) {
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** A store, one of whose calls may be answered with a failure. */
  private static BlobStore breaking(BlobStore real, Consumer<PortCall> atCall) {
    return new CountedCalls(
            new CallObserver() {
              @Override
              public void before(PortCall call) {
                atCall.accept(call);
              }

              @Override
              public void after(PortCall call) {}
            })
        .of(BlobStore.class, real);
  }

  private static PortFailure failure(PortFailure.Kind kind) {
    return new PortFailure(kind, "disk", "It does not work. Mend it.", null);
  }

  @Test
  void everyFileComesOverWithItsBytes() throws IOException {
    round(moving(before, now));

    assertThat(before.size()).isZero();
    assertThat(now.size()).isEqualTo(DOCUMENTS);
    for (int i = 0; i < DOCUMENTS; i++) {
      assertThat(text(now.read(keyOf(documents.get(i))))).isEqualTo("Ship " + i);
    }
  }

  @Test
  void whatBelongsToNoRowStays() {
    BlobKey stray =
        BlobKey.of(
            bench.scope,
            new VersionRef(new SourceId(UUID.randomUUID()), 1),
            DocumentName.of("stray.txt"));
    before.write(stray, new ByteArrayInputStream(new byte[] {1}), 1);

    round(moving(before, now));

    assertThat(before.holds(stray)).isTrue();
    assertThat(now.holds(stray)).isFalse();
  }

  @Test
  void oneThatCannotBeReadKeepsNoOthersAndIsTriedAgain() {
    List<Long> broken = new ArrayList<>(List.of(7L));
    BlobStore breaking =
        breaking(
            before,
            call -> {
              if (call.method().endsWith("read") && broken.contains(call.nth())) {
                throw new UncheckedIOException(new IOException("a bad block"));
              }
            });
    MoveBlobs moving = moving(breaking, now);

    round(moving);
    assertThat(before.size()).isEqualTo(1);
    assertThat(now.size()).isEqualTo(DOCUMENTS - 1);

    round(moving);
    assertThat(before.size()).as("not before a minute has passed").isEqualTo(1);
    time = time.plus(Duration.ofMinutes(1));
    round(moving);
    assertThat(before.size()).isZero();
    assertThat(now.size()).isEqualTo(DOCUMENTS);
  }

  @Test
  void aPlaceThatIsDownIsNotAskedForEveryFile() {
    List<String> asked = new ArrayList<>();
    BlobStore down =
        breaking(
            now,
            call -> {
              if (call.method().endsWith("write")) {
                asked.add(call.method());
                throw failure(PortFailure.Kind.UNAVAILABLE);
              }
            });

    round(moving(before, down));

    assertThat(asked).hasSize(3 * 5); // portions
    assertThat(before.size()).isEqualTo(DOCUMENTS);
  }

  @Test
  void aCrashBetweenCopyAndRemovalLosesNothing() {
    BlobStore dying =
        breaking(
            before,
            call -> {
              if (call.method().endsWith("remove")) {
                throw failure(PortFailure.Kind.UNAVAILABLE);
              }
            });
    round(moving(dying, now));
    assertThat(before.size()).isEqualTo(DOCUMENTS);
    assertThat(now.size()).isPositive();

    round(moving(before, now));

    assertThat(before.size()).isZero();
    assertThat(now.size()).isEqualTo(DOCUMENTS);
  }

  @Test
  void aCopyWithOtherBytesIsNoCopy() {
    BlobStore wrong =
        Bent.port(BlobStore.class, now, "write", (_, _) -> new PutResult.Stored(1, "0".repeat(64)));

    round(moving(before, wrong));

    assertThat(before.size()).isEqualTo(DOCUMENTS);
  }

  @Test
  void whoIsToldTheOppositeWaitsForItsTurnAndLosesNothing() {
    MoveBlobs there = moving(before, now);
    MoveBlobs back = moving(now, before);
    List<Boolean> tried = new ArrayList<>();
    BlobStore meanwhile =
        breaking(
            before,
            call -> {
              if (call.method().endsWith("remove") && call.nth() == 1) {
                tried.add(back.doSome());
              }
            });

    round(moving(meanwhile, now));

    assertThat(tried).containsExactly(false);
    assertThat(now.size()).isEqualTo(DOCUMENTS);
    round(back);
    assertThat(before.size()).isEqualTo(DOCUMENTS);
    time = time.plus(Duration.ofMinutes(1));
    round(there);
    assertThat(now.size()).isEqualTo(DOCUMENTS);
  }

  @Test
  void whatWasErasedWhileItWasCopiedDoesNotStay() {
    Document erased = documents.getFirst();
    BlobKey key = keyOf(erased);
    BlobStore overtaken =
        breaking(
            now,
            call -> {
              if (call.method().endsWith("write") && before.holds(key)) {
                bench.database.documents().tombstone(bench.scope, erased.id(), time);
              }
            });

    round(moving(before, overtaken));

    assertThat(now.holds(key)).isFalse();
    assertThat(now.size()).isEqualTo(DOCUMENTS - 1);
  }

  @Test
  void aFileIsReadWhereverItLies() throws IOException {
    RelocatingBlobStore both = new RelocatingBlobStore(now, before);
    BlobKey first = keyOf(documents.getFirst());
    assertThat(text(both.open(bench.scope, first))).isEqualTo("Ship 0");

    round(moving(before, now));

    assertThat(text(both.open(bench.scope, first))).isEqualTo("Ship 0");
  }

  @Test
  void aFileIsPreviewedFromWhereItLies() throws IOException {
    RelocatingBlobStore both = new RelocatingBlobStore(now, before);
    BlobKey first = keyOf(documents.getFirst());

    assertThat(text(before.open(link(both, first)).map(SignedBlobs.SignedBlob::content)))
        .isEqualTo("Ship 0");
    round(moving(before, now));

    assertThat(text(now.open(link(both, first)).map(SignedBlobs.SignedBlob::content)))
        .isEqualTo("Ship 0");
  }

  private String link(BlobStore store, BlobKey key) {
    PreviewAs as = new PreviewAs(DocumentName.of("0.txt"), ContentType.TEXT);
    String path = store.preview(bench.scope, key, as, Duration.ofHours(1)).uri().getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Test
  void whatIsErasedWhileFilesComeOverIsInNeitherPlace() throws InterruptedException {
    Document erased = documents.getFirst();
    BlobKey key = keyOf(erased);
    try (Parley parley =
        bench
            .parley(SpeakingModel.quoting())
            .blobStore(now)
            .moveBlobsFrom(before)
            .build()
            .start()) {
      parley.documents().erase().eraseDocument(bench.scope, erased.id());

      Bench.until(() -> before.size() == 0 && now.size() == DOCUMENTS - 1);
    }
    assertThat(before.holds(key)).isFalse();
    assertThat(now.holds(key)).isFalse();
  }
}
