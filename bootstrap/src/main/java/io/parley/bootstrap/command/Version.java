package io.parley.bootstrap.command;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version as the jar says it. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"parley " + current()};
  }

  static String current() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("(unpacked)");
  }
}
