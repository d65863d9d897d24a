package io.parley.bootstrap.command;

import io.parley.application.retrieval.GenerationProgress;
import io.parley.application.retrieval.MoveKnowledge.Result;
import io.parley.bootstrap.door.DoorProgress;
import io.parley.bootstrap.door.DoorRefusal;
import io.parley.bootstrap.server.Installation;
import io.parley.domain.retrieval.Generation;
import io.parley.domain.retrieval.Generation.State;
import io.parley.domain.retrieval.GenerationId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Moves everything to another model or store, and back. */
final class ReindexWork implements LocalCommand {
  static final String ACTION = "action";
  static final String EMBEDDER = "embedder";
  static final String STORE = "vector_store";
  static final String GENERATION = "generation";
  static final String WAIT = "wait";
  static final String DONE = "done";
  static final String OUTCOME = "outcome";
  static final String GENERATIONS = "generations";

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  /** More than a switch takes to be noticed everywhere. */
  private static final Duration SOON = Duration.ofSeconds(30);

  /** What may be asked for. */
  enum Action {
    MOVE,
    BACK,
    CANCEL,
    DROP,
    STATUS
  }

  @Override
  public String name() {
    return "reindex";
  }

  @Override
  public Map<String, Object> run(
      Installation installation, Map<String, Object> arguments, DoorProgress progress) {
    Action action = Action.valueOf(String.valueOf(arguments.get(ACTION)));
    String generation = text(arguments, GENERATION);
    return switch (action) {
      case MOVE ->
          built(
              installation,
              installation.moves().to(text(arguments, EMBEDDER), text(arguments, STORE)),
              arguments,
              progress);
      case BACK ->
          built(
              installation,
              installation.moves().all().back(generation == null ? null : id(generation)),
              arguments,
              progress);
      case CANCEL -> report(installation, outcome(installation.moves().all().cancel()), true);
      case DROP -> {
        String dropped = outcome(dropped(installation, id(String.valueOf(generation)), progress));
        yield report(installation, dropped, true);
      }
      case STATUS -> report(installation, "status", true);
    };
  }

  private static @Nullable String text(Map<String, Object> arguments, String name) {
    return arguments.get(name) instanceof String text && !text.isEmpty() ? text : null;
  }

  private static GenerationId id(String text) {
    try {
      return new GenerationId(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      throw new DoorRefusal(
          "\"" + text + "\" is no id of a generation. 'parley reindex --status' shows them.");
    }
  }

  /** Where no server works in the background, this process does, and stays until it is done. */
  private static Map<String, Object> built(
      Installation installation,
      Result result,
      Map<String, Object> arguments,
      DoorProgress progress) {
    String outcome = outcome(result);
    if (!(result instanceof Result.Building(Generation generation))) {
      return report(installation, outcome, true);
    }
    boolean alone = !installation.parley().works();
    if (!alone && !Boolean.TRUE.equals(arguments.get(WAIT))) {
      return report(installation, outcome, false);
    }
    installation.parley().start();
    await(installation, generation, progress);
    return report(installation, "serves", true);
  }

  private static void await(
      Installation installation, Generation generation, DoorProgress progress) {
    while (true) {
      GenerationProgress now =
          installation.moves().all().progress().stream()
              .filter(each -> each.generation().id().equals(generation.id()))
              .findFirst()
              .orElseThrow(() -> new DoorRefusal("The generation was dropped meanwhile."));
      switch (now.generation().state()) {
        case SERVING -> {
          return;
        }
        case RETIRED -> throw new DoorRefusal("It was cancelled meanwhile.");
        case BUILDING -> progress.show(ReindexReport.sentence(now));
      }
      pause();
    }
  }

  private static Result dropped(Installation installation, GenerationId id, DoorProgress progress) {
    long deadline = System.nanoTime() + SOON.toNanos();
    Result result = installation.moves().all().drop(id);
    while (result instanceof Result.Refused(String why, boolean soon)
        && soon
        && System.nanoTime() < deadline) {
      progress.show(why);
      pause();
      result = installation.moves().all().drop(id);
    }
    return result;
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_AGAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DoorRefusal("Interrupted. What was begun goes on in the background.");
    }
  }

  private static String outcome(Result result) {
    return switch (result) {
      case Result.Building _ -> "building";
      case Result.Serves _ -> "serves";
      case Result.Retired _ -> "cancelled";
      case Result.Dropped _ -> "dropped";
      case Result.Refused(String why, boolean _) -> throw new DoorRefusal(why);
    };
  }

  private static Map<String, Object> report(
      Installation installation, String outcome, boolean done) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put(OUTCOME, outcome);
    report.put(DONE, done);
    report.put(
        GENERATIONS,
        installation.moves().all().progress().stream().map(ReindexReport::asMap).toList());
    return report;
  }

  static String lower(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
