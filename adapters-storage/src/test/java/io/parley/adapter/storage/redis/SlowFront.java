package io.parley.adapter.storage.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/** Stands before a Redis and keeps each of its answers for a while. */
final class SlowFront implements AutoCloseable {
  private final int port;
  private final Duration delay;
  private final ServerSocket socket;

  private SlowFront(int port, Duration delay) throws IOException {
    this.port = port;
    this.delay = delay;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  static SlowFront before(int port, Duration delay) throws IOException {
    SlowFront front = new SlowFront(port, delay);
    Thread.ofVirtual().start(front::serve);
    return front;
  }

  String url() {
    return "redis://127.0.0.1:" + socket.getLocalPort();
  }

  private void serve() {
    try {
      while (true) {
        Socket here = socket.accept();
        Socket there = new Socket(InetAddress.getLoopbackAddress(), port);
        Thread.ofVirtual().start(() -> copy(here, there, Duration.ZERO));
        Thread.ofVirtual().start(() -> copy(there, here, delay));
      }
    } catch (IOException e) {
      // the test is over
    }
  }

  private static void copy(Socket from, Socket to, Duration delay) {
    byte[] some = new byte[8_192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(some); read >= 0; read = in.read(some)) {
        Thread.sleep(delay);
        out.write(some, 0, read);
      }
    } catch (IOException | InterruptedException e) {
      // one of them has gone
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
