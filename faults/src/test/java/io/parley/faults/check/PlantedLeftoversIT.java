package io.parley.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.faults.RunReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A process reconciles stores that were damaged, and what it finds and leaves is noticed. */
class PlantedLeftoversIT extends PlantedDamage {

  @Test
  void theReconcilerFindsNothingInStoresThatNobodyDamaged() throws Exception {
    RunReport report = samples.examine(stores);

    assertThat(report.violations()).isZero();
    assertThat(report.checks()).isPositive();
  }

  @Test
  void theReconcilerTakesAwayWhatAnUploadLeftThatWasCutOff() throws Exception {
    Path left =
        Files.createDirectories(ownersBlobs().resolve(UUID.randomUUID().toString()))
            .resolve("a.txt");
    Files.writeString(left, "cut off");

    assertThat(samples.examine(stores).violations()).isZero();
    assertThat(left).doesNotExist();
  }

  /** It leaves to people what is none of Parley's. */
  @Test
  void aFileThatTheReconcilerLeavesIsNoticed() throws Exception {
    Path stray = stores.blobs().resolve("documents").resolve("stray.txt");
    Files.writeString(stray, "from somewhere else");

    RunReport report = samples.examine(stores);

    assertThat(report.found()).contains("the reconciler has left a file");
    assertThat(stray).exists();
  }

  /** It cannot make bytes that are gone. */
  @Test
  void aFileThatIsMissingStillWhenTheReconcilerWasThereIsNoticed() throws Exception {
    Files.delete(someBlob());

    RunReport report = samples.examine(stores);

    assertThat(report.found()).contains("a blob is missing", "a client saw");
    assertThat(report.details())
        .anyMatch(
            seen -> seen.startsWith("The reconciler found something: ") && seen.contains("blobs"));
  }
}
