package io.parley.bootstrap.check;

import io.parley.application.check.CheckFailed;
import io.parley.bootstrap.door.PlainJson;
import io.parley.domain.port.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls to a server, as a client elsewhere makes them. The token goes to that server only. */
public final class ServerCalls implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String JSON = "application/json";

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(15)).build();
  private final String base;
  private final Secret token;

  /** What a server answered. */
  @SuppressWarnings("ArrayRecordComponent") // read once
  record Reply(int status, Map<String, List<String>> headers, byte[] body) {

    Optional<String> header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .flatMap(header -> header.getValue().stream())
          .findFirst();
    }

    /** The object that was answered; empty when it is none. */
    Map<String, Object> json() {
      try {
        return PlainJson.readObject(new String(body, StandardCharsets.UTF_8));
      } catch (IOException e) {
        return Map.of();
      }
    }

    String text(String name) {
      return String.valueOf(json().getOrDefault(name, ""));
    }

    /** The server's own sentence about a refusal, or the status. */
    String why() {
      String detail = text("detail");
      return "status " + status + (detail.isEmpty() ? "" : ": " + detail);
    }
  }

  public ServerCalls(URI server, Secret token) {
    this.base = server.toString().replaceFirst("[/?#]*$", "");
    this.token = token;
  }

  URI server() {
    return URI.create(base);
  }

  Reply get(String path) {
    return send(signed(path).GET());
  }

  Reply delete(String path) {
    return send(signed(path).DELETE());
  }

  Reply post(String path, String json) {
    return send(signed(path).header("Content-Type", JSON).POST(BodyPublishers.ofString(json)));
  }

  /** Sends one file as a form does. */
  Reply upload(String path, String name, String content) {
    String boundary = "parley-check-boundary";
    String form =
        "--%s\r\nContent-Disposition: form-data; name=\"files\"; filename=\"%s\"\r\n\r\n%s\r\n--%s--\r\n"
            .formatted(boundary, name, content, boundary);
    return send(
        signed(path)
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(BodyPublishers.ofString(form)));
  }

  /** Without a token. */
  Reply anonymous(String path) {
    return send(HttpRequest.newBuilder(at(path)).GET());
  }

  /** Without a token, a part of it. */
  Reply range(String path, String range) {
    return send(HttpRequest.newBuilder(at(path)).header("Range", range).GET());
  }

  /** What a browser asks before a page of that origin may post there. */
  Reply preflight(String path, String origin) {
    return send(
        HttpRequest.newBuilder(at(path))
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "authorization,content-type")
            .method("OPTIONS", BodyPublishers.noBody()));
  }

  private HttpRequest.Builder signed(String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .header("Authorization", "Bearer " + token.reveal());
  }

  /** Links may lead elsewhere, or begin at the server's root. */
  private URI at(String link) {
    return link.startsWith("/") ? URI.create(base + link) : URI.create(link);
  }

  private Reply send(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> answer =
          client.send(request.timeout(LIMIT).build(), BodyHandlers.ofByteArray());
      return new Reply(answer.statusCode(), answer.headers().map(), answer.body());
    } catch (IOException e) {
      throw new CheckFailed(
          "The server cannot be reached (" + e.getClass().getSimpleName() + ").",
          "Check the address, that the server runs, and what stands between: name, port, TLS.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CheckFailed("It was stopped.");
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
