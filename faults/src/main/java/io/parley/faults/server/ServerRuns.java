package io.parley.faults.server;

import io.parley.faults.RunReport;
import io.parley.faults.check.UntouchedRows;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/** The runs over several servers on one database. */
public final class ServerRuns {
  private static final int SHORT = 5; // paragraphs, each of them a chunk
  private static final int LONG = 160;

  /** A follower that is gone is waited for a minute; what is beyond it is slowness. */
  private static final Duration WITHOUT_THE_DEAD = Duration.ofSeconds(90);

  private final Path launcher;
  private final Path directory;
  private final RunReport report;
  private final long seed;

  /**
   * @param launcher the file {@code parley}
   */
  public ServerRuns(Path launcher, Path directory, RunReport report, long seed) {
    this.launcher = launcher;
    this.directory = directory;
    this.report = report;
    this.seed = seed;
  }

  /**
   * Two servers share so many documents, and one of them is killed when a third is complete. The
   * other completes all; then the killed one is started again.
   */
  public void kill(int documents) throws IOException, SQLException, InterruptedException {
    try (SharedWork work = SharedWork.start(launcher, directory, 2, report, seed)) {
      work.upload(documents, SHORT);
      work.awaitComplete(documents / 3);
      work.kill(1);
      work.awaitAll(WITHOUT_THE_DEAD);
      work.restart(1);
      work.check("one of two servers was killed");
      work.end();
    }
  }

  /** One of two servers is stopped past its leases and woken again, so often. */
  public void stop(int rounds) throws IOException, SQLException, InterruptedException {
    try (SharedWork work = SharedWork.start(launcher, directory, 2, report, seed)) {
      for (int i = 1; i <= rounds; i++) {
        work.upload(8, LONG);
        SharedWork.Stopped stopped = work.freeze(1);
        UntouchedRows done = work.awaitTakenOver(stopped);
        if (i % 2 == 0) {
          work.awaitAll(WITHOUT_THE_DEAD); // and so it wakes when nothing is left to do
        }
        work.wake(stopped);
        work.check("a server was woken " + i + " times");
        work.compare(done);
      }
      work.end();
    }
  }

  /** Both at once among three servers, and no waiting for the dead one. */
  public void killAndStop(int documents) throws IOException, SQLException, InterruptedException {
    try (SharedWork work = SharedWork.start(launcher, directory, 3, report, seed)) {
      work.upload(documents, SHORT * 4);
      SharedWork.Stopped stopped = work.freeze(2);
      work.kill(1);
      work.restart(1);
      UntouchedRows done = work.awaitTakenOver(stopped);
      work.wake(stopped);
      work.check("one of three servers was killed, and one stopped and woken");
      work.compare(done);
      work.end();
    }
  }
}
