package io.parley.adapter.web;

import java.time.Duration;

/**
 * What a request may be and take.
 *
 * @param uploadBytes largest file, and largest text of a document
 * @param filesPerRequest most files in one upload
 * @param concurrentUploads most bodies with documents that are received at the same time
 * @param jsonBytes largest JSON body, but for the text of a document
 * @param requestsPerMinute for each caller; 0 is no limit
 * @param logInsPerMinute wrong passwords for one account from one address; thirty times as many for
 *     one address
 * @param bodyIdle longest pause in an arriving body
 * @param heartbeat longest silence in an event stream
 */
public record WebLimits(
    long uploadBytes,
    int filesPerRequest,
    int concurrentUploads,
    int jsonBytes,
    int requestsPerMinute,
    int logInsPerMinute,
    Duration bodyIdle,
    Duration heartbeat) {

  public static final WebLimits DEFAULT =
      new WebLimits(
          10L << 20, 20, 64, 1 << 20, 600, 10, Duration.ofSeconds(30), Duration.ofSeconds(15));

  public WebLimits {
    if (uploadBytes < 1
        || filesPerRequest < 1
        || concurrentUploads < 1
        || jsonBytes < 1
        || requestsPerMinute < 0
        || logInsPerMinute < 1) {
      throw new IllegalArgumentException("Limits must be positive.");
    }
    if (!bodyIdle.isPositive() || !heartbeat.isPositive()) {
      throw new IllegalArgumentException("Durations must be positive.");
    }
  }

  /** The same with another limit on files. */
  public WebLimits withUploadBytes(long bytes) {
    return new WebLimits(
        bytes,
        filesPerRequest,
        concurrentUploads,
        jsonBytes,
        requestsPerMinute,
        logInsPerMinute,
        bodyIdle,
        heartbeat);
  }

  /** The same with another bound on uploads at the same time. */
  public WebLimits withConcurrentUploads(int most) {
    return new WebLimits(
        uploadBytes,
        filesPerRequest,
        most,
        jsonBytes,
        requestsPerMinute,
        logInsPerMinute,
        bodyIdle,
        heartbeat);
  }

  /** The same with other rates. */
  public WebLimits withRates(int requests, int logIns) {
    return new WebLimits(
        uploadBytes,
        filesPerRequest,
        concurrentUploads,
        jsonBytes,
        requests,
        logIns,
        bodyIdle,
        heartbeat);
  }

  /** The same with other patience. */
  public WebLimits withPauses(Duration body, Duration events) {
    return new WebLimits(
        uploadBytes,
        filesPerRequest,
        concurrentUploads,
        jsonBytes,
        requestsPerMinute,
        logInsPerMinute,
        body,
        events);
  }
}
