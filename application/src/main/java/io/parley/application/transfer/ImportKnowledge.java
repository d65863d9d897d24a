package io.parley.application.transfer;

import io.parley.application.background.WorkSignal;
import io.parley.application.document.JobScheduler;
import io.parley.domain.account.User;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.port.storage.Archives;
import io.parley.domain.port.storage.BlobStore;
import io.parley.domain.transfer.Selection;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Brings in what an archive holds. It is read once before anything is written; what is here already
 * is skipped, so that a run that broke off is simply run again.
 */
public final class ImportKnowledge {
  private final Archives archives;
  private final Persistence persistence;
  private final BlobStore blobs;
  private final JobScheduler jobs;
  private final WorkSignal signal;
  private final InstantSource clock;
  private final Semaphore turn;

  /**
   * Imports.
   *
   * @param turn of one permit, which all imports of the process share
   */
  public ImportKnowledge(
      Archives archives,
      Persistence persistence,
      BlobStore blobs,
      JobScheduler jobs,
      WorkSignal signal,
      InstantSource clock,
      Semaphore turn) {
    this.archives = archives;
    this.persistence = persistence;
    this.blobs = blobs;
    this.jobs = jobs;
    this.signal = signal;
    this.clock = clock;
    this.turn = turn;
  }

  /** What became of it. */
  public sealed interface Result {
    record Imported(ImportReport report) implements Result {}

    /** Nothing was written; a sentence says why. */
    record Refused(String sentence) implements Result {}
  }

  /**
   * Brings it in.
   *
   * @param username of the account that a bot's archive goes to; absent when accounts come with it
   * @throws io.parley.domain.port.PortFailure when the archive is damaged, or a store fails
   */
  public Result run(Path file, @Nullable String username, TransferProgress progress) {
    if (!turn.tryAcquire()) {
      return new Result.Refused("Another import is running here. Run this one when it has ended.");
    }
    try {
      return inTurn(file, username, progress);
    } finally {
      turn.release();
    }
  }

  private Result inTurn(Path file, @Nullable String username, TransferProgress progress) {
    Optional<User> named =
        username == null ? Optional.empty() : persistence.users().findForLogin(username);
    if (username != null && named.isEmpty()) {
      return new Result.Refused("There is no account \"" + username + "\" here.");
    }
    NewOwner owner = new NewOwner(named.orElse(null));
    try {
      check(file, owner, progress);
    } catch (ArchiveCheck.Conflict conflict) {
      return new Result.Refused(conflict.sentence());
    }
    return new Result.Imported(bringIn(file, owner, progress));
  }

  private void check(Path file, NewOwner owner, TransferProgress progress) {
    try (Archives.Incoming archive = archives.open(file)) {
      if (!owner.bringsAccounts()
          && archive.manifest().selection() instanceof Selection.Everything) {
        throw new ArchiveCheck.Conflict(
            "This archive holds everything. --owner is for the archive of one bot.");
      }
      new ArchiveCheck(archive, persistence.transfer(), owner, progress).run();
    }
  }

  private ImportReport bringIn(Path file, NewOwner owner, TransferProgress progress) {
    try (Archives.Incoming archive = archives.open(file)) {
      ArrivingArchive arriving =
          new ArrivingArchive(archive, persistence, blobs, owner, jobs, signal, clock, progress);
      return arriving.bringIn();
    } finally {
      signal.raise();
    }
  }
}
