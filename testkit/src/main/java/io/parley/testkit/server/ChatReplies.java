package io.parley.testkit.server;

import io.parley.testkit.server.Dialect.Chat;
import java.io.IOException;
import java.util.List;

/** Answers chats, as the fault says. */
final class ChatReplies {
  private final Dialect dialect;
  private final Chat chat;
  private final Reply reply;
  private final List<String> pieces;

  ChatReplies(Dialect dialect, Chat chat, Reply reply) {
    this.dialect = dialect;
    this.chat = chat;
    this.reply = reply;
    this.pieces = PassageReader.answer(chat.prompt());
  }

  void answer(Fault fault) throws IOException {
    if (fault instanceof Fault.BlocksQuestion(String reason) && !chat.stream()) {
      reply.json(200, dialect.blocked(reason));
    } else if (chat.stream() && !(fault instanceof Fault.DoesNotStream)) {
      reply.events();
      stream(fault);
    } else {
      String reason = fault instanceof Fault.EndsBecause(String because) ? because : dialect.stop();
      reply.json(200, dialect.whole(chat, pieces, reason));
    }
  }

  private void stream(Fault fault) throws IOException {
    switch (fault) {
      case Fault.StallsAfter(int count) -> {
        say(count);
        reply.hang();
      }
      case Fault.EndsAfter(int count) -> say(count);
      case Fault.BreaksAfter(int count) -> {
        say(count);
        throw new Reply.TornException();
      }
      case Fault.FailsAfter(int count) -> {
        say(count);
        event(dialect.error(500, ""));
      }
      case Fault.EndsBecause(String reason) -> finish(reason);
      case Fault.BlocksQuestion(String reason) -> event(dialect.blocked(reason));
      case Fault.SpeaksNonsense _ -> event("{\"choices\": nonsense");
      case Fault.StreamsOddly _ -> oddly();
      case Fault.OnlyComments _ -> comments();
      case Fault.LingersAfterTheEnd _ -> {
        finish(dialect.stop());
        reply.hang();
      }
      default -> finish(dialect.stop());
    }
  }

  private void finish(String reason) throws IOException {
    say(pieces.size());
    for (String data : dialect.end(chat, reason, pieces.size())) {
      event(data);
    }
  }

  private void say(int count) throws IOException {
    for (String piece : pieces.subList(0, Math.min(count, pieces.size()))) {
      event(dialect.piece(chat, piece));
    }
  }

  private void event(String data) throws IOException {
    reply.write("data: " + data + dialect.lineEnd() + dialect.lineEnd());
  }

  /** What is allowed, and what some servers do. */
  private void oddly() throws IOException {
    reply.write(": PROCESSING\n\n:\r\n\r\nretry: 10\nid: 7\nevent: ping\n\n");
    for (String piece : pieces) {
      reply.write(
          "event: message\r\ndata:" + dialect.piece(chat, piece) + "\r\n: still here\r\n\r\n");
    }
    Chat uncounted = new Chat(chat.model(), chat.prompt(), true, false);
    for (String data : dialect.end(uncounted, dialect.stop(), pieces.size())) {
      reply.write("data: " + data + "\r\r");
    }
  }

  private void comments() throws IOException {
    try {
      while (true) {
        reply.write(": wait\n\n");
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
