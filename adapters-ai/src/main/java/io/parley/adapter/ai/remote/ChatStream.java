package io.parley.adapter.ai.remote;

import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.sse.CancellationUnsupportedHandle;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.parley.adapter.ai.remote.EventLines.TooLong;
import io.parley.domain.conversation.TokenUsage;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import io.parley.domain.port.ai.ChatCompletion;
import io.parley.domain.port.ai.ChatCompletion.Finish;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** One streamed answer: every event is looked at, then read by LangChain4j, then told. */
final class ChatStream implements StreamingChatResponseHandler {
  private static final int MOST_JSON_BYTES = 1 << 20;

  /** What may still come behind the event that ends the answer: how many tokens it had. */
  private static final Duration AFTERWORD = Duration.ofSeconds(1);

  private final ModelEndpoint endpoint;
  private final StreamRules rules;
  private final ToolRequest asked;
  private final CallDrafts drafts;
  private final ToolProtocol.Reader callReader;
  private final StreamingChat.Listener listener;
  private final Deadline deadline;
  private final Queue<String> pieces = new ArrayDeque<>();
  private TokenUsage usage = TokenUsage.NONE;
  private @Nullable Finish finish;
  private boolean unreadable;

  ChatStream(
      ModelEndpoint endpoint,
      StreamRules rules,
      ToolRequest asked,
      StreamingChat.Listener listener,
      Deadline deadline) {
    this.endpoint = endpoint;
    this.rules = rules;
    this.asked = asked;
    this.drafts = new CallDrafts(endpoint.vendor());
    this.callReader = asked.protocol().reader(drafts);
    this.listener = listener;
    this.deadline = deadline;
  }

  /** Reads the whole answer. */
  void run(HttpRequest request, ServerSentEventListener reader) {
    byte[] body = asked.body(request.body());
    try (LiveCall call =
        endpoint.open(request.url(), headers(request), body, deadline, listener.cancelled())) {
      requireEvents(call);
      EventLines lines = new EventLines();
      for (List<ByteBuffer> bytes = next(call); bytes != null; bytes = next(call)) {
        for (ByteBuffer buffer : bytes) {
          take(lines.take(buffer), reader, call);
        }
      }
      take(lines.end(), reader, call);
    } catch (TooLong e) {
      throw failure(Kind.CORRUPT_DATA, " sent an event without end.");
    }
    if (finish == null) {
      throw failure(Kind.UNAVAILABLE, " stopped in the middle of its answer. Ask again.");
    }
    reader.onClose();
  }

  private static Map<String, String> headers(HttpRequest request) {
    Map<String, String> headers = new HashMap<>();
    request.headers().forEach((name, values) -> headers.put(name, String.join(", ", values)));
    return headers;
  }

  /** Whoever cannot stream says in JSON why. */
  private void requireEvents(LiveCall call) {
    String type = call.response().headers().firstValue("Content-Type").orElse("");
    if (!type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      return;
    }
    String text = new String(call.body(MOST_JSON_BYTES), StandardCharsets.UTF_8);
    rules.finish(new ServerEvent("", text), JsonText.objectOrEmpty(text));
    throw failure(Kind.CORRUPT_DATA, " did not stream its answer, as it was asked to.");
  }

  /** Once the answer has its end, nothing that goes wrong behind it matters. */
  private @Nullable List<ByteBuffer> next(LiveCall call) {
    try {
      return call.next();
    } catch (PortFailure e) {
      if (finish != null) {
        return null;
      }
      throw e;
    }
  }

  private void take(List<ServerEvent> events, ServerSentEventListener reader, LiveCall call) {
    for (ServerEvent event : events) {
      Map<String, @Nullable Object> json = JsonText.objectOrEmpty(event.data());
      rules.finish(event, json).filter(_ -> finish == null).ifPresent(end -> finish = end);
      read(callReader.read(event, json), reader);
      while (!pieces.isEmpty()) {
        listener.hear(pieces.remove());
      }
      if (finish != null) {
        call.hurry(Deadline.after(AFTERWORD));
      }
    }
  }

  /** The library's exceptions may quote what it could not read, so they end here. */
  private void read(ServerEvent event, ServerSentEventListener reader) {
    try {
      reader.onEvent(
          new ServerSentEvent(event.name(), event.data()),
          new ServerSentEventContext(new CancellationUnsupportedHandle()));
    } catch (RuntimeException e) {
      unreadable = true;
    }
    if (unreadable) {
      throw failure(Kind.CORRUPT_DATA, " sent an event that cannot be read.");
    }
  }

  private PortFailure failure(Kind kind, String what) {
    return Refusals.failure(endpoint.vendor(), kind, endpoint.vendor().name() + what);
  }

  /** Calls in an answer that was cut off may be cut off, too. */
  ChatCompletion completion() {
    Finish end = Objects.requireNonNull(finish);
    if (end == Finish.LENGTH || (end == Finish.STOP && drafts.isEmpty())) {
      return new ChatCompletion(end, usage);
    }
    if (drafts.isEmpty()) {
      throw failure(Kind.CORRUPT_DATA, " ended to have tools called, and called none. Ask again.");
    }
    return new ChatCompletion(
        Finish.TOOL_CALLS, usage, drafts.calls(asked.asked().tools(), asked.protocol()::newId));
  }

  @Override
  public void onPartialResponse(String piece) {
    pieces.add(piece);
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    var counted = response.tokenUsage();
    if (counted != null) {
      usage = new TokenUsage(count(counted.inputTokenCount()), count(counted.outputTokenCount()));
    }
  }

  private static int count(@Nullable Integer tokens) {
    return tokens == null ? 0 : Math.max(0, tokens);
  }

  @Override
  public void onError(Throwable error) {
    unreadable = true;
  }
}
