package io.parley.bootstrap.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One server for every test that only talks to it, started for the first and stopped after the
 * last: with SIGTERM, after which it must end with 0.
 */
final class SharedParley implements ParameterResolver {
  /** What its tokens are signed with, so that a test can sign wrong ones rightly. */
  static final String SIGNING_KEY = "a key that only the tests know, 0123456789";

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == RunningParley.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(SharedParley.class))
        .getOrComputeIfAbsent(Kept.class, _ -> Kept.start(), Kept.class)
        .parley();
  }

  private record Kept(Path directory, RunningParley parley) implements AutoCloseable {
    static Kept start() {
      try {
        Path directory = Files.createTempDirectory("parley-e2e-");
        Installed installed = Installed.in(directory.resolve("home"));
        Map<String, String> settings = Map.of("PARLEY_SIGNING_KEY", SIGNING_KEY);
        return new Kept(
            directory, RunningParley.start(installed, directory.resolve("data"), settings));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      parley.close();
      Files.walkFileTree(directory, new Removal());
    }
  }

  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
        throws IOException {
      Files.delete(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
