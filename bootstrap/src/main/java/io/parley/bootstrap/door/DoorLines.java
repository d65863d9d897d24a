package io.parley.bootstrap.door;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Lines of JSON on a socket. One thread reads; several may write. */
final class DoorLines {
  private final SocketChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(8_192).limit(0);

  DoorLines(SocketChannel channel) {
    this.channel = channel;
  }

  /**
   * The next line.
   *
   * @throws EOFException when the other end is gone
   * @throws IOException also when the line is longer than that, or no object
   */
  Map<String, Object> read(int most) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (byte next = next(); next != '\n'; next = next()) {
      if (line.size() == most) {
        throw new IOException("the line is too long");
      }
      line.write(next);
    }
    return PlainJson.readObject(line.toString(StandardCharsets.UTF_8));
  }

  private byte next() throws IOException {
    if (!buffer.hasRemaining()) {
      buffer.clear();
      int read = channel.read(buffer);
      buffer.flip();
      if (read < 0) {
        throw new EOFException("the other end is gone");
      }
    }
    return buffer.get();
  }

  /** Waits until the other end is gone; what it still says is not heard. */
  void awaitEnd() throws IOException {
    ByteBuffer unheard = ByteBuffer.allocate(256);
    while (channel.read(unheard) >= 0) {
      unheard.clear();
    }
  }

  synchronized void write(Map<String, Object> line) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.wrap((PlainJson.write(line) + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
