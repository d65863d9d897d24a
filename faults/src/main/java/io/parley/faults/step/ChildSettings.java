package io.parley.faults.step;

import io.parley.faults.check.Stores;
import io.parley.testkit.fault.FaultPoint;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/**
 * What a child process is told.
 *
 * @param directory where its indexes, blobs, ledger and clock lie
 * @param atStart the call at which it breaks while it starts and recovers
 */
record ChildSettings(
    String jdbcUrl, String user, String password, Path directory, Optional<FaultPoint> atStart) {

  static ChildSettings read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ChildSettings(
        required(properties, "url"),
        required(properties, "user"),
        required(properties, "password"),
        Path.of(required(properties, "directory")),
        Optional.ofNullable(properties.getProperty("at-start")).map(FaultPoint::parse));
  }

  private static String required(Properties properties, String key) {
    return Objects.requireNonNull(properties.getProperty(key), key);
  }

  void write(Path file) {
    Properties properties = new Properties();
    properties.setProperty("url", jdbcUrl);
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("directory", directory.toString());
    atStart.ifPresent(point -> properties.setProperty("at-start", point.toString()));
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ChildSettings breakingAt(FaultPoint point) {
    return new ChildSettings(jdbcUrl, user, password, directory, Optional.of(point));
  }

  Stores stores() {
    return new Stores(
        jdbcUrl,
        user,
        password,
        directory.resolve("vectors"),
        directory.resolve("words"),
        directory.resolve("blobs"));
  }

  Path ledger() {
    return directory.resolve("ledger");
  }

  Path clock() {
    return directory.resolve("clock");
  }

  @Override
  public String toString() {
    return "ChildSettings[" + directory + ", " + atStart + "]";
  }
}
