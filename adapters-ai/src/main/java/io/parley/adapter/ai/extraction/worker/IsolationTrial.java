package io.parley.adapter.ai.extraction.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.domain.document.PageText.Block.Kind;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A child that tries what it must not be able to do, under the same flags, pipes and isolation as
 * the one that reads files. The file names a port of this machine at which somebody listens; the
 * page says what came of it.
 */
public final class IsolationTrial implements DocumentReader {
  private static final int MOST_SECONDS = 5;

  public static void main(String[] arguments) throws IOException {
    ExtractionWorker.run(Path.of(arguments[0]), type -> new IsolationTrial());
  }

  @Override
  public @Nullable String read(Path file, Pages pages) throws IOException {
    int port = Integer.parseInt(Files.readString(file, UTF_8).strip());
    Report report =
        new Report(
            ProcessHandle.current().pid(),
            Runtime.getRuntime().maxMemory() >> 20,
            reached(port),
            List.copyOf(System.getenv().keySet()));
    PageBuilder page = new PageBuilder();
    page.add(Kind.PARAGRAPH, report.line());
    pages.give(page, null);
    return null;
  }

  /**
   * What a child found.
   *
   * @param heap megabytes
   * @param ways by which it reached the port, or a name
   * @param environment names of variables
   */
  public record Report(long pid, long heap, List<String> ways, List<String> environment) {
    private static final String COLUMN = ";";

    String line() {
      return String.join(
          COLUMN,
          "pid " + pid,
          "heap " + heap,
          "ways " + String.join(",", ways),
          "environment " + String.join(",", environment));
    }

    /**
     * Reads the line.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Report of(String line) {
      String[] columns = line.split(COLUMN, -1);
      if (columns.length != 4) {
        throw new IllegalArgumentException("Not what a trial says.");
      }
      return new Report(
          Long.parseLong(after(columns[0])),
          Long.parseLong(after(columns[1])),
          list(after(columns[2])),
          list(after(columns[3])));
    }

    private static String after(String column) {
      return column.substring(column.indexOf(' ') + 1).strip();
    }

    private static List<String> list(String text) {
      return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    }
  }

  /** The ways by which something could be reached. */
  static List<String> reached(int port) {
    List<String> opened = new ArrayList<>();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    InetSocketAddress address = new InetSocketAddress(loopback, port);
    tried(opened, "socket", () -> new Socket(loopback, port).close());
    tried(opened, "channel", () -> SocketChannel.open(address).close());
    tried(
        opened,
        "asynchronous",
        () -> {
          try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
            channel.connect(address).get(MOST_SECONDS, TimeUnit.SECONDS);
          }
        });
    tried(
        opened,
        "datagram",
        () -> {
          try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(new byte[1], 1, address));
          }
        });
    tried(opened, "name", InetAddress::getLocalHost);
    return opened;
  }

  private static void tried(List<String> opened, String way, Attempt attempt) {
    try {
      attempt.run();
      opened.add(way);
    } catch (Exception | LinkageError e) {
      // Refused, as it should be.
    }
  }

  private interface Attempt {
    void run() throws Exception;
  }
}
