package io.parley.testkit.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** Writes a response, well or badly. */
final class Reply {
  private final HttpExchange exchange;
  private final CountDownLatch closing;

  /** Ends a connection in the middle. */
  static final class TornException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  Reply(HttpExchange exchange, CountDownLatch closing) {
    this.exchange = exchange;
    this.closing = closing;
  }

  void header(String name, String value) {
    exchange.getResponseHeaders().set(name, value);
  }

  void json(int status, String body) throws IOException {
    header("Content-Type", "application/json; charset=utf-8");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  /** Half of a body, and then nothing more. */
  void half(String body) throws IOException {
    begin(body);
    hang();
  }

  /** Half of a body, and then the end of the connection. */
  void torn(String body) throws IOException {
    begin(body);
    throw new TornException();
  }

  private void begin(String body) throws IOException {
    header("Content-Type", "application/json; charset=utf-8");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
    exchange.getResponseBody().flush();
  }

  /** Begins a stream of events. */
  void events() throws IOException {
    header("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
  }

  void write(String text) throws IOException {
    OutputStream body = exchange.getResponseBody();
    body.write(text.getBytes(StandardCharsets.UTF_8));
    body.flush();
  }

  /** Does nothing more until the server closes. */
  void hang() throws IOException {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new TornException();
  }
}
