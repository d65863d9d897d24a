package io.parley.adapter.ai.remote;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;

/** What a call sends. */
public interface SentContent {

  /** The media type, as a header says it. */
  String mediaType();

  /** From the beginning, for each attempt. */
  BodyPublisher publisher();

  /** Whether it is worth sending again after an attempt that failed. */
  boolean mayBeSentAgain();

  /** JSON, held in memory. */
  static SentContent json(byte[] json) {
    return new SentContent() {
      @Override
      public String mediaType() {
        return "application/json";
      }

      @Override
      public BodyPublisher publisher() {
        return BodyPublishers.ofByteArray(json);
      }

      @Override
      public boolean mayBeSentAgain() {
        return true;
      }
    };
  }
}
