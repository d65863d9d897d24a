package io.parley.adapter.web.json;

import io.parley.adapter.web.problem.Problem;
import io.parley.domain.bot.BotId;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.MessageId;
import io.parley.domain.document.ErasureId;
import io.parley.domain.document.SourceId;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids in paths. One that is malformed is one that does not exist: 404. */
public final class Ids {
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private Ids() {}

  public static BotId bot(String text) {
    return new BotId(uuid(text, "bot"));
  }

  public static SourceId document(String text) {
    return new SourceId(uuid(text, "document"));
  }

  public static ConversationId conversation(String text) {
    return new ConversationId(uuid(text, "conversation"));
  }

  public static MessageId message(String text) {
    return new MessageId(uuid(text, "message"));
  }

  public static ErasureId erasure(String text) {
    return new ErasureId(uuid(text, "erasure"));
  }

  /** An id in its one text form. */
  public static Optional<UUID> parse(String text) {
    return UUID_TEXT.matcher(text).matches()
        ? Optional.of(UUID.fromString(text))
        : Optional.empty();
  }

  private static UUID uuid(String text, String what) {
    return parse(text).orElseThrow(() -> Problem.notFound(what).asException());
  }
}
