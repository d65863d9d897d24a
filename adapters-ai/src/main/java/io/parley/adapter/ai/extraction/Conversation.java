package io.parley.adapter.ai.extraction;

import io.parley.adapter.ai.extraction.WorkerProcess.Answer;
import io.parley.adapter.ai.extraction.worker.ExtractionWorker;
import io.parley.adapter.ai.extraction.worker.Frame;
import io.parley.adapter.ai.extraction.worker.Problem;
import io.parley.adapter.ai.extraction.worker.Request;
import io.parley.domain.port.ai.ExtractionResult;
import io.parley.domain.port.ai.ExtractionResult.Extracted;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One file's way through a child, or through a second one. Only the time spent waiting for the
 * child counts: a slow receiver of pages does not make a file slow.
 */
final class Conversation {

  private static final int KILLED = 128 + 9;
  private static final int MAX_TITLE = 300;

  private final Request request;
  private final Delivery delivery;
  private long nanosLeft;

  Conversation(Request request, Delivery delivery, Duration limit) {
    this.request = request;
    this.delivery = delivery;
    this.nanosLeft = limit.toNanos();
  }

  /** How it ended. */
  sealed interface Outcome {

    /** With an answer. */
    record Finished(ExtractionResult result) implements Outcome {}

    /**
     * With the child's death.
     *
     * @param problem what to say when the file is to blame
     * @param maybeInnocent whether an earlier file, or somebody outside, may be to blame
     */
    record Died(Problem problem, boolean maybeInnocent) implements Outcome {}
  }

  Outcome with(WorkerProcess worker) throws InterruptedException {
    boolean served = worker.uses() > 0;
    delivery.begin();
    try {
      worker.send(request);
    } catch (IOException e) {
      return new Outcome.Died(Problem.CRASHED, true);
    }
    while (true) {
      Answer answer = await(worker);
      Outcome outcome =
          switch (answer) {
            case null -> finished(Problem.TOO_SLOW);
            case Answer.Said(Frame frame) -> on(frame);
            case Answer.Gone() -> died(worker, served);
          };
      if (outcome != null) {
        return outcome;
      }
    }
  }

  private @Nullable Answer await(WorkerProcess worker) throws InterruptedException {
    long before = System.nanoTime();
    Answer answer = worker.await(Duration.ofNanos(nanosLeft));
    nanosLeft -= System.nanoTime() - before;
    return answer;
  }

  private @Nullable Outcome on(Frame frame) {
    return switch (frame) {
      case Frame.Page(var page) ->
          switch (delivery.accept(page)) {
            case ACCEPTED -> null;
            case OUT_OF_ORDER -> finished(Problem.CRASHED);
            case TOO_MUCH -> finished(Problem.TOO_MUCH_TEXT);
          };
      case Frame.Done(String title, int count) ->
          count == delivery.received()
              ? new Outcome.Finished(new Extracted(bounded(title), count))
              : finished(Problem.CRASHED);
      case Frame.Failed(Problem problem) -> finished(problem);
      case Frame.Ready() -> finished(Problem.CRASHED);
    };
  }

  private static Outcome finished(Problem problem) {
    return new Outcome.Finished(problem.result());
  }

  private static Outcome died(WorkerProcess worker, boolean served) throws InterruptedException {
    int code = worker.exitCode();
    Problem problem =
        code == ExtractionWorker.EXIT_OUT_OF_MEMORY ? Problem.TOO_MUCH_MEMORY : Problem.CRASHED;
    return new Outcome.Died(problem, served || code == KILLED);
  }

  private static @Nullable String bounded(@Nullable String title) {
    return title == null || title.length() <= MAX_TITLE ? title : title.substring(0, MAX_TITLE);
  }
}
