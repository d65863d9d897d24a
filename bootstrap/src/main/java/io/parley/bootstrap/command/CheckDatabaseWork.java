package io.parley.bootstrap.command;

import io.parley.application.check.RunChecks;
import io.parley.bootstrap.door.DoorProgress;
import io.parley.bootstrap.server.Installation;
import java.util.List;
import java.util.Map;

/** Tries the database of an installation in the process that has it. */
final class CheckDatabaseWork implements LocalCommand {
  static final String NAME = "check-database";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, Object> run(
      Installation installation, Map<String, Object> arguments, DoorProgress progress) {
    RunChecks checks =
        new RunChecks((_, subject, check) -> progress.show(subject.name() + ": " + check.name()));
    return checks.run(List.of(installation.databaseProbe())).asMap();
  }
}
