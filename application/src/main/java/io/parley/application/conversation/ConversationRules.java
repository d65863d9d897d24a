package io.parley.application.conversation;

import io.parley.application.validation.InvalidInput;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.Message;

/** What titles and questions must look like. */
final class ConversationRules {
  private static final int MADE_TITLE = 80;

  private ConversationRules() {}

  static String title(String title) {
    String trimmed = title.strip();
    if (trimmed.isEmpty() || trimmed.length() > Conversation.MAX_TITLE) {
      throw new InvalidInput("title", "Give a title of 1 to 200 characters.");
    }
    return trimmed;
  }

  static String question(String content) {
    if (content.isBlank()) {
      throw new InvalidInput("content", "Ask something: the message is empty.");
    }
    if (content.length() > Message.MAX_QUESTION) {
      throw new InvalidInput(
          "content", "The message is too long; at most 32,000 characters are allowed.");
    }
    return content;
  }

  /** A title out of a question: its first words. */
  static String titleOf(String question) {
    String line = question.strip().replaceAll("\\s+", " ");
    if (line.length() <= MADE_TITLE) {
      return line;
    }
    int cut = line.lastIndexOf(' ', MADE_TITLE);
    int end =
        cut > MADE_TITLE / 2 ? cut : line.offsetByCodePoints(0, line.codePointCount(0, MADE_TITLE));
    return line.substring(0, end) + "…";
  }
}
