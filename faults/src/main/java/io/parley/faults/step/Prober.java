package io.parley.faults.step;

import io.parley.domain.port.PortFailure;
import io.parley.domain.retrieval.SearchMode;
import io.parley.faults.ledger.Ledger;
import io.parley.faults.ledger.SampleText;
import io.parley.testkit.fault.CountedCalls;
import java.util.List;
import java.util.function.Function;

/**
 * Searches in a loop while a document is replaced: at each moment the older or the newer version is
 * found, never none and never both, and once the newer one is complete, never the older one.
 */
final class Prober implements AutoCloseable {
  private final Function<SearchMode, List<String>> search;
  private final Ledger ledger;
  private final SampleText older;
  private final SampleText newer;
  private final Thread thread;
  private volatile boolean onlyNewer;
  private volatile boolean closed;
  private long looks;

  private Prober(
      Function<SearchMode, List<String>> search,
      CountedCalls calls,
      Ledger ledger,
      SampleText older,
      SampleText newer) {
    this.search = search;
    this.ledger = ledger;
    this.older = older;
    this.newer = newer;
    this.thread =
        Thread.ofPlatform().daemon().name("prober").unstarted(() -> calls.uncounted(this::probe));
  }

  /**
   * Begins.
   *
   * @param search the texts of the document that are found
   */
  static Prober start(
      Function<SearchMode, List<String>> search,
      CountedCalls calls,
      Ledger ledger,
      SampleText older,
      SampleText newer) {
    Prober prober = new Prober(search, calls, ledger, older, newer);
    prober.thread.start();
    return prober;
  }

  private void probe() {
    SearchMode[] modes = SearchMode.values();
    while (!closed) {
      try {
        look(modes[(int) (looks++ % modes.length)]);
        Thread.sleep(5);
      } catch (PortFailure e) {
        ledger.count("a search beside a fault failed");
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void look(SearchMode mode) {
    boolean wasOnlyNewer = onlyNewer;
    List<String> found = search.apply(mode);
    boolean old = found.stream().anyMatch(text -> text.contains(older.canary()));
    boolean now = found.stream().anyMatch(text -> text.contains(newer.canary()));
    if (old && now) {
      ledger.violation("Both versions answered to " + mode);
    } else if (!old && !now) {
      ledger.violation("Neither version answered to " + mode);
    } else if (old && wasOnlyNewer) {
      ledger.violation("The older version answered after the newer was complete, to " + mode);
    }
  }

  void requireNewerFromNowOn() {
    onlyNewer = true;
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ledger.count("replaced while searches ran");
  }
}
