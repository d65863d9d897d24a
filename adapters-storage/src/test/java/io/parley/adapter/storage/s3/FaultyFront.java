package io.parley.adapter.storage.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands before a server and passes requests on, but for those that it was told to spoil. */
final class FaultyFront implements AutoCloseable {
  private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *([0-9]+)");

  private final ServerSocket door;
  private final URI behind;
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private volatile Function<String, Fault> faults = _ -> new Fault.None();

  /** What becomes of a request. */
  sealed interface Fault {
    record None() implements Fault {}

    /** An answer made up here. */
    record Answer(int status, String headers, String body) implements Fault {
      static Answer error(int status, String code, String headers) {
        String body =
            "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>no</Message></Error>";
        return new Answer(status, "Content-Type: application/xml\r\n" + headers, body);
      }
    }

    /** Nothing is ever answered. */
    record Silence() implements Fault {}

    /** The server does it, and the connection ends after some bytes of its answer. */
    record CutOff(int bytes) implements Fault {}

    /** The server does it, and after some bytes of its answer nothing more comes. */
    record Stall(int bytes) implements Fault {}
  }

  FaultyFront(URI behind) {
    this.behind = behind;
    try {
      door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + door.getLocalPort());
  }

  /** Decides by the request's first line, such as {@code PUT /bucket/key?partNumber=1 HTTP/1.1}. */
  void spoil(Function<String, Fault> with) {
    heads.clear();
    faults = with;
  }

  /** First lines, since it was last told what to spoil. */
  List<String> requests() {
    return heads.stream().map(head -> head.lines().findFirst().orElse("")).toList();
  }

  /** The values of a header, since then. */
  List<String> headers(String name) {
    Pattern header = Pattern.compile("(?im)^" + Pattern.quote(name) + ": *(.*?)\\r?$");
    return heads.stream()
        .flatMap(head -> header.matcher(head).results().map(found -> found.group(1)))
        .toList();
  }

  private void serve() {
    while (!door.isClosed()) {
      try {
        Socket caller = door.accept();
        Thread.ofVirtual().start(() -> answer(caller));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void answer(Socket caller) {
    try (caller) {
      String head = head(caller.getInputStream());
      String line = head.lines().findFirst().orElse("");
      if (line.isEmpty()) {
        return;
      }
      heads.add(head);
      byte[] body = body(head, caller);
      switch (faults.apply(line)) {
        case Fault.None _ -> pass(head, body, caller, Integer.MAX_VALUE);
        case Fault.Answer made -> send(made, caller.getOutputStream());
        case Fault.Silence _ -> caller.getInputStream().read();
        case Fault.CutOff cut -> pass(head, body, caller, cut.bytes());
        case Fault.Stall stall -> {
          pass(head, body, caller, stall.bytes());
          caller.getInputStream().read();
        }
      }
    } catch (IOException e) {
      // the caller went away
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.write(b);
      if (b == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        break;
      }
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static byte[] body(String head, Socket caller) throws IOException {
    if (head.toLowerCase(Locale.ROOT).contains("100-continue")) {
      caller.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes());
    }
    Matcher length = LENGTH.matcher(head);
    return caller
        .getInputStream()
        .readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
  }

  private static void send(Fault.Answer made, OutputStream out) throws IOException {
    byte[] body = made.body().getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 %d Made up\r\nConnection: close\r\nContent-Length: %d\r\n%s\r\n"
            .formatted(made.status(), body.length, made.headers());
    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    out.write(body);
    out.flush();
  }

  private void pass(String head, byte[] body, Socket caller, int most) throws IOException {
    try (Socket server = new Socket(behind.getHost(), behind.getPort())) {
      String closing =
          head.replaceAll("(?im)^(expect|connection): .*\r\n", "")
              .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
      server.getOutputStream().write(closing.getBytes(StandardCharsets.ISO_8859_1));
      server.getOutputStream().write(body);
      server.getOutputStream().flush();
      byte[] answer = server.getInputStream().readAllBytes();
      caller.getOutputStream().write(answer, 0, Math.min(most, answer.length));
      caller.getOutputStream().flush();
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
