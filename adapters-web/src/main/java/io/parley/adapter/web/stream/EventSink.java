package io.parley.adapter.web.stream;

import io.micronaut.http.sse.Event;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Where the events of one stream go, in order. */
public final class EventSink {
  private final EventPipe pipe;
  private final Function<Object, String> json;

  EventSink(EventPipe pipe, Function<Object, String> json) {
    this.pipe = pipe;
    this.json = json;
  }

  EventPipe pipe() {
    return pipe;
  }

  /** Sends an event with its data as JSON. Waits while the caller reads too slowly. */
  public void send(String name, Object data) {
    pipe.send(Event.of(json.apply(data)).name(name));
  }

  /** Turns true once nobody listens any more. */
  public BooleanSupplier gone() {
    return pipe::isGone;
  }
}
