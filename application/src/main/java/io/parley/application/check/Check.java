package io.parley.application.check;

import java.time.Duration;

/**
 * One thing that is tried on a backend.
 *
 * @param name a few words, such as {@code range of a preview}
 * @param limit how long it may take: what takes longer has failed
 * @param needed whether nothing after it can be tried on this backend when it fails
 */
public record Check(String name, Duration limit, boolean needed, Trial trial) {

  /** Tries it. */
  @FunctionalInterface
  public interface Trial {

    /**
     * Runs on a thread of its own, which is interrupted when the time is over.
     *
     * @return whether it passed; a failure is thrown
     * @throws CheckFailed when the backend did what it must not do
     * @throws io.parley.domain.port.PortFailure when the backend says that it cannot
     */
    Verdict run() throws Exception;
  }

  /** One that the others do not need. */
  public static Check of(String name, Duration limit, Trial trial) {
    return new Check(name, limit, false, trial);
  }

  /** One that the others need. */
  public static Check needed(String name, Duration limit, Trial trial) {
    return new Check(name, limit, true, trial);
  }
}
