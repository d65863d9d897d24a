package io.parley.application.conversation;

import io.parley.domain.conversation.Citation;
import io.parley.domain.conversation.Message;
import java.util.List;

/** A message with the citations that its reader may see, quotes read just now. */
public record ShownMessage(Message message, List<Citation> citations) {
  public ShownMessage {
    citations = List.copyOf(citations);
  }
}
