package io.parley.domain.transfer;

import io.parley.domain.conversation.Message;
import org.jspecify.annotations.Nullable;

/** A message, and what its asker said of it. */
public record ArchivedMessage(Message message, @Nullable String ratingComment) {

  public ArchivedMessage {
    Integer rating = message.rating();
    if (rating != null && rating != 1 && rating != -1) {
      throw new IllegalArgumentException("\"rating\" must be -1 or 1");
    }
  }
}
