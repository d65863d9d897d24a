package io.parley.bootstrap.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A caller of the HTTP interface, with a token or without one. */
record Api(URI server, @Nullable String token) {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String BOUNDARY = "a-boundary-that-stands-in-no-file";

  /** One file of an upload. */
  record Upload(String name, byte[] content) {
    static Upload text(String name, String content) {
      return new Upload(name, content.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** One server-sent event. */
  record Event(String name, Json data) {}

  Api as(@Nullable String other) {
    return new Api(server, other);
  }

  HttpRequest.Builder request(String path) {
    URI target = path.startsWith("http") ? URI.create(path) : server.resolve(path);
    HttpRequest.Builder request = HttpRequest.newBuilder(target).timeout(Await.PATIENCE);
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> response = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  Answer get(String path) {
    return send(request(path).GET());
  }

  Answer delete(String path) {
    return send(request(path).DELETE());
  }

  Answer post(String path, String json) {
    return json("POST", path, json.getBytes(StandardCharsets.UTF_8));
  }

  Answer put(String path, String json) {
    return json("PUT", path, json.getBytes(StandardCharsets.UTF_8));
  }

  Answer json(String method, String path, byte[] body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofByteArray(body)));
  }

  /** Sends files as a browser's form does. */
  Answer upload(String path, @Nullable String metadata, Upload... files) {
    return send(
        request(path)
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(BodyPublishers.ofByteArray(form(metadata, files))));
  }

  private static byte[] form(@Nullable String metadata, Upload... files) {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    if (metadata != null) {
      part(form, "name=\"metadata\"", metadata.getBytes(StandardCharsets.UTF_8));
    }
    for (Upload file : files) {
      part(form, "name=\"files\"; filename=\"" + file.name() + "\"", file.content());
    }
    form.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return form.toByteArray();
  }

  private static void part(ByteArrayOutputStream form, String disposition, byte[] content) {
    String head =
        "--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n";
    form.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    form.writeBytes(content);
    form.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
  }

  /** All events of a stream, once it has ended. */
  List<Event> events(HttpRequest.Builder request) {
    Answer answer = send(request.header("Accept", "text/event-stream"));
    if (answer.status() != 200) {
      throw new AssertionError(answer.text());
    }
    List<Event> events = new ArrayList<>();
    for (String block : answer.text().split("\n\n", -1)) {
      String name = "message";
      StringBuilder data = new StringBuilder();
      for (String line : block.split("\n", -1)) {
        if (line.startsWith("event:")) {
          name = line.substring(6).strip();
        } else if (line.startsWith("data:")) {
          data.append(line.substring(5).strip());
        }
      }
      if (!data.isEmpty()) {
        events.add(new Event(name, Json.of(data.toString())));
      }
    }
    return events;
  }
}
