package io.parley.adapter.storage.s3;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param connect until there is a connection
 * @param idle without a byte, also before the first one
 * @param attempt one try of a call, with the bytes that it sends
 * @param call a call with all its tries
 * @param transfer from the first to the last byte of an object that is read
 */
public record S3Deadlines(
    Duration connect, Duration idle, Duration attempt, Duration call, Duration transfer) {

  public static final S3Deadlines DEFAULT =
      new S3Deadlines(
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofSeconds(60),
          Duration.ofSeconds(150),
          Duration.ofMinutes(30));
}
