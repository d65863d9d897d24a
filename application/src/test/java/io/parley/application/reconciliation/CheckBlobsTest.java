package io.parley.application.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.application.Bench;
import io.parley.application.Bent;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.Inspection;
import java.io.ByteArrayInputStream;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class CheckBlobsTest {
  private final Bench bench = new Bench();
  private final BlobKey key =
      BlobKey.of(
          bench.scope, new VersionRef(new SourceId(new UUID(7, 7)), 1), new DocumentName("a.txt"));

  /** Has no row at the first question; then the row comes, and its erasure begins at once. */
  private Inspection betweenTwoQuestions() {
    AtomicBoolean asked = new AtomicBoolean();
    Inspection rows =
        Bent.port(
            Inspection.class,
            bench.database.inspection(),
            "blobsOf",
            (_, _) -> asked.getAndSet(true) ? Map.of(key.ref(), key) : Map.of());
    return Bent.port(
        Inspection.class,
        rows,
        "erased",
        (_, _) -> asked.getAndSet(true) ? Set.of(key.ref().source()) : Set.of());
  }

  @Test
  void anUploadThatIsErasedWhileItIsComparedIsLeftToItsErasure() {
    bench.blobs.put(bench.scope, key, new ByteArrayInputStream(new byte[] {1}), 100);
    StoreReport report =
        new Findings("blobs", false, Onlooker.NONE)
            .of(new CheckBlobs(bench.blobs, betweenTwoQuestions(), InstantSource.system()));
    assertThat(report.failure()).isNull();
    assertThat(report.orphaned()).isZero();
    assertThat(bench.blobs.read(key)).isPresent();
  }
}
