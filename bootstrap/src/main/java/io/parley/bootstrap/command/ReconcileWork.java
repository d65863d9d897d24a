package io.parley.bootstrap.command;

import io.parley.application.reconciliation.ReconcileStores.Result;
import io.parley.bootstrap.door.DoorProgress;
import io.parley.bootstrap.door.DoorRefusal;
import io.parley.bootstrap.server.Installation;
import java.util.Map;

/** Compares the stores of an installation with its database. */
final class ReconcileWork implements LocalCommand {
  static final String DRY_RUN = "dry_run";

  @Override
  public String name() {
    return "reconcile";
  }

  @Override
  public Map<String, Object> run(
      Installation installation, Map<String, Object> arguments, DoorProgress progress) {
    boolean dryRun = Boolean.TRUE.equals(arguments.get(DRY_RUN));
    Result result =
        installation
            .parley()
            .reconcileStores()
            .run(
                dryRun, (store, lookedAt) -> progress.show("Comparing " + store + ": " + lookedAt));
    return switch (result) {
      case Result.Done(var report) -> report.asMap();
      case Result.Busy() ->
          throw new DoorRefusal("The stores are being compared already. Try again later.");
    };
  }
}
