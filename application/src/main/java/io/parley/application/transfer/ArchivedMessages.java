package io.parley.application.transfer;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.transfer.ArchiveLine;
import io.parley.domain.transfer.ArchivedMessage;
import java.util.ArrayList;
import java.util.List;

/** The messages of a conversation, in portions. For one thread. */
final class ArchivedMessages {
  private static final int MOST = 100;
  private static final int MOST_CHARACTERS = 1_000_000;

  private final ArchiveItems items;
  private final ConversationId conversation;

  ArchivedMessages(ArchiveItems items, ConversationId conversation) {
    this.items = items;
    this.conversation = conversation;
  }

  /** The next portion; an empty one is the end. */
  List<ArchivedMessage> next() {
    List<ArchivedMessage> some = new ArrayList<>();
    int characters = 0;
    while (some.size() < MOST
        && characters < MOST_CHARACTERS
        && items.peekLine() instanceof ArchiveLine.OfMessage(ArchivedMessage said)) {
      if (!said.message().conversation().equals(conversation)) {
        throw items.unfit("the message is of another conversation");
      }
      characters += said.message().content().length();
      some.add(said);
      items.take();
    }
    return some;
  }

  void skip() {
    for (List<ArchivedMessage> some = next(); !some.isEmpty(); some = next()) {
      // Only their conversation matters.
    }
  }
}
