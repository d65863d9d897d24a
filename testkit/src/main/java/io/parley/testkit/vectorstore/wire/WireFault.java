package io.parley.testkit.vectorstore.wire;

import io.grpc.Status;

/** What a server of a vector store may do instead of its work. */
public sealed interface WireFault {

  /** Answers with an error and does nothing. */
  record Fails(Status.Code code) implements WireFault {}

  /** Asks the caller to wait, and does nothing. */
  record Throttles(int seconds) implements WireFault {}

  /** Does nothing and never answers. */
  record Stalls() implements WireFault {}

  /** Does its work and never answers. */
  record AppliesAndStalls() implements WireFault {}

  /** Says that a change was made, and does not make it. */
  record ForgetsTheChange() implements WireFault {}

  /** Returns scores that are not numbers. */
  record ScoresNothing() implements WireFault {}

  /** Returns, beside what it found, an id of nobody and one that is no UUID. */
  record AddsForeignIds() implements WireFault {}
}
