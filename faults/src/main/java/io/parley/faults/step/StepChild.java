package io.parley.faults.step;

import io.parley.faults.ledger.Expectations;
import io.parley.faults.ledger.Ledger;
import io.parley.testkit.fault.CountedCalls;
import io.parley.testkit.fault.FaultInjector;
import io.parley.testkit.fault.FaultPoint;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * The process that is halted. It recovers from what the last one left, says so, and then does what
 * it is told line by line: {@code run FLOW POINT} runs a flow and breaks it there, {@code erase
 * COUNT SEED} erases many documents among random faults, {@code recall COUNT} asks for what was
 * erased last, {@code examine} for all that was erased, and reconciles, {@code end} ends.
 */
public final class StepChild {
  /** Says that the stores may be looked at. */
  static final String QUIET = "quiet";

  /** Says that nothing moves and yet work is left. */
  static final String STUCK = "stuck";

  /** Run without a fault. */
  static final String NOWHERE = "nowhere";

  private static final Duration PATIENCE =
      Duration.parse(System.getProperty("faults.patience", "PT90S"));

  private final FaultInjector injector = new FaultInjector();
  private final CountedCalls calls = new CountedCalls(injector);
  private final ChildSettings settings;
  private final Expectations expectations = new Expectations();

  private StepChild(ChildSettings settings) {
    this.settings = settings;
  }

  /** Takes the path of its settings. */
  public static void main(String[] arguments) throws Exception {
    new StepChild(ChildSettings.read(Path.of(arguments[0]))).run();
  }

  private void run() throws Exception {
    injector.arm(settings.atStart().orElse(null));
    try (Connection database = settings.stores().connect();
        Ledger ledger = Ledger.open(settings.ledger());
        ChildParley child = ChildParley.open(settings, calls)) {
      child.parley().start();
      Quiet quiet = new Quiet(database, child.clock(), child.parley(), PATIENCE);
      new Work(child, ledger, quiet).obey();
    }
  }

  private static void say(String what) {
    System.out.println(what);
    System.out.flush();
  }

  /** What the process does once it is up. */
  private final class Work {
    private final Client client;
    private final Ledger ledger;
    private final Quiet quiet;
    private final Reconciler reconciler;
    private final BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    Work(ChildParley child, Ledger ledger, Quiet quiet) {
      this.client = new Client(child.parley(), ledger);
      this.ledger = ledger;
      this.quiet = quiet;
      this.reconciler =
          new Reconciler(
              child.parley().reconcileStores(), child.clock(), settings.stores().blobs(), ledger);
    }

    void obey() throws Exception {
      comeToRest();
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        if (order.equals("end")) {
          return;
        }
        obey(order.split(" ", -1));
        comeToRest();
      }
    }

    private void obey(String[] words) throws Exception {
      switch (words[0]) {
        case "run" -> flow(FlowKind.parse(words[1]), words[2]);
        case "erase" ->
            new ManyErasures(client, ledger, calls, injector, quiet)
                .run(Integer.parseInt(words[1]), Long.parseLong(words[2]), expectations);
        case "recall" ->
            calls.uncounted(
                () -> new Recall(client, ledger).attempt(expectations, Integer.parseInt(words[1])));
        case "examine" ->
            calls.uncounted(() -> {
              new Recall(client, ledger).attempt(expectations);
              reconciler.examine();
            });
        default -> throw new IllegalArgumentException("No order: " + words[0]);
      }
    }

    private void flow(FlowKind kind, String point) throws Exception {
      Deeds deeds = new Deeds(client, ledger, calls, quiet, new Random());
      Leftovers leftovers = new Leftovers(client, expectations);
      Flow.Prepared flow = new Flow(deeds, leftovers, reconciler, quiet).prepare(kind);
      calls.startOver();
      injector.arm(point.equals(NOWHERE) ? null : FaultPoint.parse(point));
      flow.run();
    }

    /** Faults that are armed may still come true while the last work is done. */
    private void comeToRest() throws SQLException, InterruptedException {
      boolean rest = quiet.await();
      String broken = injector.broken().map(_ -> "1").orElse("0");
      injector.arm(null);
      String counts =
          calls.counts().entrySet().stream()
              .map(e -> e.getKey() + "=" + e.getValue())
              .collect(Collectors.joining(" "));
      expectations.readOn(settings.ledger());
      say((rest ? QUIET : STUCK) + " " + broken + " " + counts);
    }
  }
}
