package io.parley.bootstrap.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests that no client library sends. */
final class BadBytes {
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
  private static final String BODY = "{\"name\":\"Ada\"}";

  private final Api api;

  BadBytes(Api api) {
    this.api = api;
  }

  List<BadInput> all() {
    return List.of(
        BadInput.refused(
            "a body shorter than it says, then silence", 408, () -> sized(BODY.length() + 500)),
        BadInput.refused("a body longer than it says", 400, () -> sized(BODY.length() - 3)),
        BadInput.refused("a body of a negative length", 400, () -> sized(-1)),
        BadInput.refused("two lengths", 400, () -> post("Content-Length: 3\r\nContent-Length: 4")),
        BadInput.refused("chunks without sizes", 408, () -> post("Transfer-Encoding: chunked")),
        BadInput.refused(
            "a header of 64 KB", 431, () -> get("/health", "X: " + "a".repeat(65_536))),
        BadInput.refused("a path of 64 KB", 414, () -> get("/" + "a".repeat(65_536), "X: a")),
        BadInput.refused("a line that is not HTTP", 400, () -> send("what is this?\r\n\r\n")));
  }

  private Answer sized(int length) {
    return post("Content-Length: " + length);
  }

  private Answer post(String header) {
    return send(request(header));
  }

  private String request(String header) {
    return "POST /api/v1/bots HTTP/1.1\r\nHost: parley\r\nContent-Type: application/json\r\n"
        + "Authorization: Bearer "
        + api.token()
        + "\r\n"
        + header
        + "\r\n\r\n"
        + BODY;
  }

  private Socket connect() throws IOException {
    return new Socket(api.server().getHost(), api.server().getPort());
  }

  private Answer get(String path, String header) {
    return send("GET " + path + " HTTP/1.1\r\nHost: parley\r\n" + header + "\r\n\r\n");
  }

  /** Begins a body and hangs up. */
  void hangUp() {
    try (Socket socket = connect()) {
      socket
          .getOutputStream()
          .write(request("Content-Length: 500").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends it, and reads the first answer. */
  private Answer send(String request) {
    try (Socket socket = connect()) {
      socket.setSoTimeout((int) Await.PATIENCE.toMillis());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return answer(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Answer answer(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[8_192];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      bytes.write(buffer, 0, n);
      String text = bytes.toString(StandardCharsets.ISO_8859_1);
      int body = text.indexOf("\r\n\r\n") + 4;
      Matcher length = LENGTH.matcher(text);
      if (body > 3 && length.find()) {
        int end = body + Integer.parseInt(length.group(1));
        if (text.length() >= end) {
          return answer(
              text.substring(0, body), Arrays.copyOfRange(bytes.toByteArray(), body, end));
        }
      }
    }
    throw new AssertionError("The server closed without an answer: " + bytes);
  }

  private static Answer answer(String head, byte[] body) {
    Map<String, List<String>> headers = new TreeMap<>();
    head.lines()
        .skip(1)
        .map(line -> line.split(": *", 2))
        .filter(header -> header.length == 2)
        .forEach(header -> headers.put(header[0].toLowerCase(Locale.ROOT), List.of(header[1])));
    return new Answer(
        Integer.parseInt(head.substring(9, 12)), HttpHeaders.of(headers, (_, _) -> true), body);
  }
}
