package io.parley.adapter.web.upload;

import io.micronaut.http.HttpRequest;
import io.parley.adapter.web.WebConfig;
import io.parley.adapter.web.WebLimits;
import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.problem.ProblemException;
import io.parley.adapter.web.problem.ProblemKind;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.fileupload2.core.FileUploadSizeException;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a {@code multipart/form-data} body (RFC 7578), given to a reader one by one as they
 * arrive. Nothing is kept: not in memory, not on disk.
 */
@Singleton
public final class Multipart {
  private static final int MAX_HEADER = 16_384;
  private static final int MAX_BOUNDARY = 70;
  private static final int FIELDS = 10;

  private final WebLimits limits;

  Multipart(WebConfig config) {
    this.limits = config.limits();
  }

  /**
   * One part.
   *
   * @param fileName absent for a part that is no file
   * @param content to be read before the next part comes
   */
  public record Part(String name, @Nullable String fileName, InputStream content) {}

  /** What is done with a part. */
  @FunctionalInterface
  public interface PartReader {
    void read(Part part) throws IOException;
  }

  /** Reads a request's body to its end. */
  public void read(HttpRequest<?> request, PartReader reader) {
    byte[] boundary = boundary(request);
    try (BodyStream body = BodyStream.open(request, maxBytes(), limits.bodyIdle())) {
      read(body, boundary, reader);
    } catch (FileUploadSizeException e) {
      throw Problem.of(
              ProblemKind.TOO_LARGE,
              "The headers of a part may have at most " + MAX_HEADER + " bytes.")
          .asException();
    } catch (IOException | UncheckedIOException e) {
      throw malformed();
    }
  }

  private void read(BodyStream body, byte[] boundary, PartReader reader) throws IOException {
    MultipartInput input =
        MultipartInput.builder()
            .setInputStream(body)
            .setBoundary(boundary)
            .setMaxPartHeaderSize(MAX_HEADER)
            .get();
    input.setHeaderCharset(StandardCharsets.UTF_8);
    boolean more = input.skipPreamble();
    int files = 0;
    int fields = 0;
    while (more) {
      Part part = part(input);
      if (part.fileName() == null ? ++fields > FIELDS : ++files > limits.filesPerRequest()) {
        throw tooMany();
      }
      reader.read(part);
      part.content().close();
      more = input.readBoundary();
    }
  }

  private static Part part(MultipartInput input) throws IOException {
    Disposition disposition = disposition(input.readHeaders());
    String name = disposition.parameter("name");
    if (!disposition.isFormData() || name == null) {
      throw malformed();
    }
    return new Part(name, disposition.parameter("filename"), input.newInputStream());
  }

  private static Disposition disposition(String headers) {
    for (String line : headers.split("\r\n", 20)) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).strip().equalsIgnoreCase("content-disposition")) {
        return Disposition.parse(line.substring(colon + 1));
      }
    }
    throw malformed();
  }

  private long maxBytes() {
    long perPart = limits.uploadBytes() + MAX_HEADER;
    return perPart * limits.filesPerRequest() + (long) FIELDS * limits.jsonBytes();
  }

  private static byte[] boundary(HttpRequest<?> request) {
    String boundary =
        request.getContentType().flatMap(type -> type.getParameters().get("boundary")).orElse("");
    String bare = boundary.replaceAll("^\"|\"$", "");
    if (bare.isEmpty() || bare.length() > MAX_BOUNDARY) {
      throw Problem.of(
              ProblemKind.MALFORMED, "multipart/form-data needs a boundary of 1 to 70 characters.")
          .asException();
    }
    return bare.getBytes(StandardCharsets.ISO_8859_1);
  }

  private ProblemException tooMany() {
    return Problem.of(
            ProblemKind.TOO_LARGE,
            "One request may bring at most "
                + limits.filesPerRequest()
                + " files and "
                + FIELDS
                + " other fields.")
        .asException();
  }

  private static ProblemException malformed() {
    return Problem.of(ProblemKind.MALFORMED, "The body is not well-formed multipart/form-data.")
        .asException();
  }
}
