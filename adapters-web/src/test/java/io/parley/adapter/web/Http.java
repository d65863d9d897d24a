package io.parley.adapter.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A caller over HTTP, with the JDK's client. */
final class Http implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  final URI base;

  Http(WebServer server) {
    this.base = URI.create("http://127.0.0.1:" + server.port());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    return send(request, HttpResponse.BodyHandlers.ofString());
  }

  <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
    try {
      return client.send(request.build(), handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> get(String path, String token) {
    return send(authorized(request(path), token));
  }

  HttpResponse<String> json(String method, String path, String token, String body) {
    return send(jsonRequest(method, path, token, body));
  }

  HttpRequest.Builder jsonRequest(String method, String path, String token, String body) {
    return authorized(request(path), token)
        .header("Content-Type", "application/json")
        .method(method, HttpRequest.BodyPublishers.ofString(body));
  }

  HttpResponse<String> post(String path, String token, String body) {
    return json("POST", path, token, body);
  }

  static HttpRequest.Builder authorized(HttpRequest.Builder request, String token) {
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  /** A new account, logged in. */
  String signUp(String name) {
    HttpResponse<String> made =
        post(
            "/api/v1/auth/register",
            null,
            """
            {"username":"%s","email":"%s@example.com","password":"correct horse","first_name":"A","last_name":"B"}
            """
                .formatted(name, name));
    if (made.statusCode() != 201) {
      throw new AssertionError(made.body());
    }
    return field(logIn(name, "correct horse").body(), "access_token");
  }

  HttpResponse<String> logIn(String name, String password) {
    return post(
        "/api/v1/auth/login",
        null,
        "{\"username_or_email\":\"%s\",\"password\":\"%s\"}".formatted(name, password));
  }

  String bot(String token) {
    return field(post("/api/v1/bots", token, "{\"name\":\"Ada\"}").body(), "id");
  }

  String conversation(String token, String bot) {
    return field(post("/api/v1/bots/" + bot + "/conversations", token, "{}").body(), "id");
  }

  /** The text of the first field of that name. */
  static String field(String json, String name) {
    Matcher field = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
    if (!field.find()) {
      throw new AssertionError("No " + name + " in " + json);
    }
    return field.group(1);
  }

  /** What the server answers to bytes as they are. */
  String raw(String request) {
    try (Socket socket = new Socket("127.0.0.1", base.getPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      StringBuilder answer = new StringBuilder();
      byte[] buffer = new byte[65_536];
      InputStream in = socket.getInputStream();
      while (!complete(answer)) {
        int n = in.read(buffer);
        if (n < 0) {
          break;
        }
        answer.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
      }
      return answer.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean complete(CharSequence answer) {
    String text = answer.toString();
    int end = text.indexOf("\r\n\r\n");
    Matcher length = Pattern.compile("(?i)content-length: (\\d+)").matcher(text);
    return end >= 0
        && length.find()
        && text.substring(end + 4).getBytes(StandardCharsets.UTF_8).length
            >= Integer.parseInt(length.group(1));
  }

  @Override
  public void close() {
    client.close();
  }
}
