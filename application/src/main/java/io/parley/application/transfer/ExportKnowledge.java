package io.parley.application.transfer;

import io.parley.domain.port.persistence.Transfer;
import io.parley.domain.port.persistence.Transfer.Snapshot;
import io.parley.domain.port.storage.Archives;
import io.parley.domain.port.storage.BlobInventory;
import io.parley.domain.transfer.Manifest;
import io.parley.domain.transfer.Selection;
import java.time.InstantSource;

/** Writes a bot, or everything, into an archive, as it stands at one moment. */
public final class ExportKnowledge {
  private final Archives archives;
  private final Transfer transfer;
  private final BlobInventory blobs;
  private final InstantSource clock;

  public ExportKnowledge(
      Archives archives, Transfer transfer, BlobInventory blobs, InstantSource clock) {
    this.archives = archives;
    this.transfer = transfer;
    this.blobs = blobs;
    this.clock = clock;
  }

  /** What became of it. */
  public sealed interface Result {
    record Exported(ExportReport report) implements Result {}

    /** Nothing was written; a sentence says why. */
    record Refused(String sentence) implements Result {}
  }

  /**
   * Writes the archive; whatever goes wrong, there is a whole one or none.
   *
   * @throws io.parley.domain.port.PortFailure when a store or the disk fails
   */
  public Result run(ExportRequest request, TransferProgress progress) {
    return transfer.snapshot(request.selection(), snapshot -> write(request, snapshot, progress));
  }

  private Result write(ExportRequest request, Snapshot snapshot, TransferProgress progress) {
    if (request.selection() instanceof Selection.OneBot(var bot)
        && snapshot.bots(null, 1).isEmpty()) {
      return new Result.Refused("There is no bot with the id " + bot + ".");
    }
    Manifest manifest =
        new Manifest(Manifest.VERSION, clock.instant(), request.selection(), request.madeBy());
    try (Archives.Outgoing archive = archives.create(request.file(), manifest, request.replace())) {
      WrittenArchive written = new WrittenArchive(snapshot, blobs, archive, progress);
      return new Result.Exported(written.write());
    }
  }
}
