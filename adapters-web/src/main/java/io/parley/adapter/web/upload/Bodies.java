package io.parley.adapter.web.upload;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.parley.adapter.web.WebConfig;
import io.parley.adapter.web.WebLimits;
import io.parley.adapter.web.json.Fields;
import io.parley.adapter.web.json.JsonReader;
import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.problem.ProblemKind;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads whole bodies, within bounds, on the thread of the caller. */
@Singleton
public final class Bodies {
  /** What JSON can make of a character: an escape of six for one. */
  private static final int JSON_OVERHEAD = 6;

  /** The largest JSON body with the text of a document; a larger one is sent as a file. */
  private static final long MAX_TEXT = 64L << 20;

  private final WebLimits limits;
  private final JsonMemory memory = new JsonMemory();

  Bodies(WebConfig config) {
    this.limits = config.limits();
  }

  /** The fields of a JSON body of ordinary size. */
  public Fields json(HttpRequest<?> request) {
    return new Fields(JsonReader.object(bytes(request)));
  }

  /** A body of ordinary size. */
  public byte[] bytes(HttpRequest<?> request) {
    return all(request, limits.jsonBytes());
  }

  /**
   * Works on a JSON body that carries the text of a document. What is read of it may be kept while
   * the work lasts: all such bodies have a bounded part of the memory, and for one that finds no
   * room the request ends with 503.
   */
  public <T> T text(HttpRequest<?> request, Function<InputStream, T> work) {
    long max = maxText();
    try (BodyStream stream = BodyStream.open(request, max, limits.bodyIdle())) {
      return memory.within(stream, Math.min(max, request.getContentLength()), work);
    }
  }

  /** Reads a JSON body that carries the text of a document, and keeps nothing of it. */
  public void passText(HttpRequest<?> request, UnaryOperator<InputStream> watch) {
    try (BodyStream stream = BodyStream.open(request, maxText(), limits.bodyIdle())) {
      watch.apply(stream).transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long maxText() {
    return Math.min(MAX_TEXT, limits.uploadBytes() * JSON_OVERHEAD + limits.jsonBytes());
  }

  /** The fields of a JSON body, or of an HTML form. */
  public Fields jsonOrForm(HttpRequest<?> request) {
    boolean form =
        request
            .getContentType()
            .filter(type -> type.matches(MediaType.APPLICATION_FORM_URLENCODED_TYPE))
            .isPresent();
    return form ? new Fields(form(bytes(request))) : json(request);
  }

  private byte[] all(HttpRequest<?> request, long max) {
    try (BodyStream stream = BodyStream.open(request, max, limits.bodyIdle())) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, @Nullable Object> form(byte[] bytes) {
    Map<String, @Nullable Object> fields = new HashMap<>();
    for (String pair : new String(bytes, StandardCharsets.UTF_8).split("&", 100)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return fields;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.of(ProblemKind.MALFORMED, "The form is not percent-encoded as it should be.")
          .asException();
    }
  }
}
