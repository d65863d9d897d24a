package io.parley.faults.step;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The real time, moved on: between the end of a process and the start of the next one all leases
 * expire, and a test need not wait for that.
 */
final class ShiftedClock implements InstantSource {
  /** Longer than a lease. */
  static final Duration STEP = Duration.ofSeconds(25);

  private final InstantSource real = Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
  private final Path file;
  private volatile Duration shift;

  private ShiftedClock(Path file, Duration shift) {
    this.file = file;
    this.shift = shift;
  }

  /** Goes on from the time of the last process, a step later. */
  static ShiftedClock open(Path file) {
    try {
      Duration last =
          Files.exists(file) ? Duration.parse(Files.readString(file).strip()) : Duration.ZERO;
      ShiftedClock clock = new ShiftedClock(file, last);
      clock.moveOn();
      return clock;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A step later at once. */
  void moveOn() {
    moveOn(STEP);
  }

  /** So much later at once; also for the processes that come after this one. */
  void moveOn(Duration by) {
    try {
      Duration next = shift.plus(by);
      Files.writeString(file, next.toString());
      shift = next;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Instant instant() {
    return real.instant().plus(shift);
  }
}
