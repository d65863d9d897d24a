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
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads whole bodies, within bounds, on the thread of the caller. */
@Singleton
public final class Bodies {
  /** What JSON can make of a character: an escape of six for one. */
  private static final int JSON_OVERHEAD = 6;

  private final WebLimits limits;

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

  /** A body that carries the text of a document. */
  public byte[] textBytes(HttpRequest<?> request) {
    return all(request, Math.min(Integer.MAX_VALUE - 8, limits.uploadBytes() * JSON_OVERHEAD));
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
