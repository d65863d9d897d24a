package io.parley.bootstrap.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The sample documents. */
final class Samples {
  static final String HANDBOOK = "brackwater-ferries-handbook.pdf";
  static final String YEARBOOK = "heatherdown-bee-yearbook.txt";

  private Samples() {}

  static byte[] read(String name) {
    String resource = "/io/parley/testkit/sample/" + name;
    try (InputStream in =
        Objects.requireNonNull(Samples.class.getResourceAsStream(resource), resource)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Api.Upload file(String name) {
    return new Api.Upload(name, read(name));
  }
}
