package io.parley.adapter.web.stream;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.sse.Event;
import io.micronaut.json.JsonMapper;
import io.micronaut.scheduling.TaskExecutors;
import io.parley.adapter.web.WebConfig;
import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.problem.Problems;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.reactivestreams.Publisher;

/**
 * Answers with server-sent events, written by blocking work on a thread of its own. What goes wrong
 * before the first event is an ordinary problem with its status; afterwards it is an event {@code
 * error}.
 */
@Singleton
public final class EventStreams {
  private final JsonMapper json;
  private final Problems problems;
  private final ExecutorService blocking;
  private final Duration heartbeat;

  EventStreams(
      JsonMapper json,
      Problems problems,
      @Named(TaskExecutors.BLOCKING) ExecutorService blocking,
      WebConfig config) {
    this.json = json;
    this.problems = problems;
    this.blocking = blocking;
    this.heartbeat = config.limits().heartbeat();
  }

  /** Whether the caller asked for events. */
  public static boolean wanted(HttpRequest<?> request) {
    return request.accept().stream()
        .anyMatch(type -> type.getName().equalsIgnoreCase(MediaType.TEXT_EVENT_STREAM));
  }

  /** Runs the work and answers with what it sends. Blocks until its first event, or its end. */
  public MutableHttpResponse<?> open(HttpRequest<?> request, Consumer<EventSink> work) {
    Disconnects disconnects = Disconnects.of(request);
    EventPipe pipe = new EventPipe(heartbeat, disconnects);
    EventSink sink = new EventSink(pipe, this::text);
    blocking.execute(() -> {
      try {
        run(request, work, sink);
      } finally {
        disconnects.close();
      }
    });
    Throwable refused = pipe.awaitStart();
    if (refused != null) {
      return problems.response(request, problems.problem(request, refused));
    }
    return response(pipe);
  }

  private void run(HttpRequest<?> request, Consumer<EventSink> work, EventSink sink) {
    try {
      work.accept(sink);
      sink.pipe().complete();
    } catch (RuntimeException | Error thrown) {
      if (sink.pipe().refuse(thrown)) {
        return;
      }
      Problem problem = problems.problem(request, thrown);
      byte[] document = problems.document(request, problem);
      sink.pipe().send(Event.of(new String(document, StandardCharsets.UTF_8)).name("error"));
      sink.pipe().complete();
    }
  }

  private static MutableHttpResponse<Publisher<Event<String>>> response(EventPipe pipe) {
    return HttpResponse.<Publisher<Event<String>>>ok(pipe)
        .contentType(MediaType.TEXT_EVENT_STREAM_TYPE)
        .header("Cache-Control", "no-store")
        .header("X-Accel-Buffering", "no");
  }

  private String text(Object data) {
    try {
      return new String(json.writeValueAsBytes(data), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
