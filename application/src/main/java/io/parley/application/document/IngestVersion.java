package io.parley.application.document;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.Step;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.persistence.IngestionRepository;
import io.parley.domain.port.persistence.IngestionRepository.Work;
import java.util.Optional;

/**
 * Takes one version in, step by step. Each step's product is kept before the next begins, so that
 * after a crash, or after another owner's turn, the work goes on where it was. Every change of a
 * row is made under the job's lease.
 */
final class IngestVersion {
  private final IngestionRepository ingestion;
  private final ExtractText extract;
  private final SplitText split;
  private final EmbedChunks embed;

  IngestVersion(
      IngestionRepository ingestion, ExtractText extract, SplitText split, EmbedChunks embed) {
    this.ingestion = ingestion;
    this.extract = extract;
    this.split = split;
    this.embed = embed;
  }

  /** One step of the work. */
  private interface StepWork {
    void run(Turn turn, BotScope scope, Work work);
  }

  /**
   * Runs what is left to do. Nothing, when the version has ended or its source is gone.
   *
   * @throws UnusableDocument when the file cannot be used
   * @throws PortFailure when something outside failed
   * @throws Turn.GaveWay when another owner waits
   */
  void run(Turn turn, BotScope scope, VersionRef ref) {
    if (run(turn, scope, ref, Step.EXTRACTED, extract::run)) {
      turn.between(0);
    }
    if (run(turn, scope, ref, Step.SPLIT, split::run)) {
      turn.between(0);
    }
    run(turn, scope, ref, Step.EMBEDDED, embed::run);
  }

  /** False when the step's product is there already, or nothing is left to work on. */
  private boolean run(Turn turn, BotScope scope, VersionRef ref, Step product, StepWork step) {
    Optional<Work> work =
        ingestion.find(scope, ref).filter(found -> !found.progress().step().reached(product));
    work.ifPresent(found -> step.run(turn, scope, found));
    return work.isPresent();
  }

  /** Whether only the indexes have to follow. */
  boolean isAnnounced(BotScope scope, VersionRef ref) {
    return ingestion
        .find(scope, ref)
        .filter(work -> work.progress().step().reached(Step.EMBEDDED))
        .isPresent();
  }

  /** Nobody works on it for now: nobody can say how long it takes. */
  void pause(BotScope scope, VersionRef ref) {
    ingestion.pause(scope, ref);
  }
}
