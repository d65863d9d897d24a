package io.parley.testkit.server;

import io.parley.testkit.server.Dialect.Chat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers chats, as the fault says. */
final class ChatReplies {
  private final Dialect dialect;
  private final Chat chat;
  private final Reply reply;
  private final List<String> pieces;
  private final List<String> events = new ArrayList<>();
  private final String stop;

  /**
   * @param turn what is asked for in place of an answer, when it is streamed
   */
  ChatReplies(Dialect dialect, Chat chat, @Nullable ToolTurn turn, Reply reply) {
    this.dialect = dialect;
    this.chat = chat;
    this.reply = reply;
    this.pieces = turn == null ? answer(chat) : PassageReader.pieces(turn.text());
    this.stop = turn == null ? dialect.stop() : dialect.toolStop(turn);
    pieces.forEach(piece -> events.add(dialect.piece(chat, piece)));
    if (turn != null) {
      events.addAll(dialect.calls(chat, turn));
    }
  }

  private static List<String> answer(Chat chat) {
    return chat.results().isEmpty()
        ? PassageReader.answer(chat.prompt())
        : PassageReader.pieces("The tools said: " + String.join("; ", chat.results()));
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
        finish(stop);
        reply.hang();
      }
      default -> finish(stop);
    }
  }

  private void finish(String reason) throws IOException {
    say(events.size());
    for (String data : dialect.end(chat, reason, events.size())) {
      event(data);
    }
  }

  private void say(int count) throws IOException {
    for (String data : events.subList(0, Math.min(count, events.size()))) {
      event(data);
    }
  }

  private void event(String data) throws IOException {
    reply.write("data: " + data + dialect.lineEnd() + dialect.lineEnd());
  }

  /** What is allowed, and what some servers do. */
  private void oddly() throws IOException {
    reply.write(": PROCESSING\n\n:\r\n\r\nretry: 10\nid: 7\nevent: ping\n\n");
    for (String data : events) {
      reply.write("event: message\r\ndata:" + data + "\r\n: still here\r\n\r\n");
    }
    Chat uncounted = new Chat(chat.model(), chat.prompt(), chat.results(), true, false);
    for (String data : dialect.end(uncounted, stop, events.size())) {
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
