package io.parley.adapter.vectorstore.pinecone;

import io.parley.domain.port.PortFailure;
import java.time.Duration;

/** Waiting for what comes by itself. */
final class Pauses {

  private Pauses() {}

  static void of(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw PineconeFailures.failure(
          PortFailure.Kind.UNAVAILABLE, "The work was ended while it waited for Pinecone.", e);
    }
  }
}
