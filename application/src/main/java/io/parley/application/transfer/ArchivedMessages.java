package io.parley.application.transfer;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.MessageId;
import io.parley.domain.transfer.ArchiveLine;
import io.parley.domain.transfer.ArchivedMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The messages of a conversation, in portions. For one thread. */
final class ArchivedMessages {
  private static final int MOST = 100;
  private static final int MOST_CHARACTERS = 1_000_000;

  /** What a citation takes in memory, as characters. */
  private static final int CITATION = 64;

  private final ArchiveItems items;
  private final ConversationId conversation;

  ArchivedMessages(ArchiveItems items, ConversationId conversation) {
    this.items = items;
    this.conversation = conversation;
  }

  /** The next portion; an empty one is the end. */
  List<ArchivedMessage> next() {
    List<ArchivedMessage> some = new ArrayList<>();
    Set<MessageId> ids = new HashSet<>();
    long characters = 0;
    while (some.size() < MOST
        && characters < MOST_CHARACTERS
        && items.peekLine() instanceof ArchiveLine.OfMessage(ArchivedMessage said)) {
      if (!said.message().conversation().equals(conversation)) {
        throw items.unfit("the message is of another conversation");
      }
      if (!ids.add(said.message().id())) {
        throw items.unfit("the message is there twice");
      }
      characters += size(said);
      some.add(said);
      items.take();
    }
    return some;
  }

  private static long size(ArchivedMessage said) {
    String comment = said.ratingComment();
    return (long) said.message().content().length()
        + (long) CITATION * said.message().citations().size()
        + (comment == null ? 0 : comment.length());
  }

  void skip() {
    for (List<ArchivedMessage> some = next(); !some.isEmpty(); some = next()) {
      // Only their conversation matters.
    }
  }
}
