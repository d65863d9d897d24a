package io.parley.faults.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.retrieval.SearchMode;
import io.parley.faults.ledger.Expectations;
import io.parley.faults.ledger.Ledger;
import io.parley.faults.ledger.SampleText;
import io.parley.testkit.fault.CallObserver;
import io.parley.testkit.fault.CountedCalls;
import io.parley.testkit.fault.PortCall;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Searches that answer wrongly while a document is replaced. */
@Timeout(30)
class ProberTest {
  private static final SampleText OLDER = new SampleText("the mole", "zaqolder", 1);
  private static final SampleText NEWER = new SampleText("the mole", "zaqnewer", 1);
  private static final int LOOKS = 2 * SearchMode.values().length;

  private static final CallObserver NOBODY =
      new CallObserver() {
        @Override
        public void before(PortCall call) {}

        @Override
        public void after(PortCall call) {}
      };

  @TempDir Path directory;

  private List<String> seen(boolean complete, String... found) {
    Path file = directory.resolve("ledger");
    try (Ledger ledger = Ledger.open(file)) {
      CountDownLatch looks = new CountDownLatch(LOOKS);
      Function<SearchMode, List<String>> search =
          _ -> {
            looks.countDown();
            return List.of(found);
          };
      try (Prober prober = Prober.start(search, new CountedCalls(NOBODY), ledger, OLDER, NEWER)) {
        if (complete) {
          prober.requireNewerFromNowOn();
        }
        looks.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return Expectations.of(file).newViolations();
  }

  @Test
  void oneVersionIsWhatIsWanted() {
    assertThat(seen(false, "is zaqolder.", "is zaqolder too.")).isEmpty();
    assertThat(seen(false, "is zaqnewer.")).isEmpty();
    assertThat(seen(true, "is zaqnewer.")).isEmpty();
  }

  @Test
  void bothVersionsAreNoticed() {
    assertThat(seen(false, "is zaqolder.", "is zaqnewer."))
        .isNotEmpty()
        .allMatch(seen -> seen.startsWith("Both versions answered to "));
  }

  @Test
  void neitherVersionIsNoticed() {
    assertThat(seen(false, "something else"))
        .isNotEmpty()
        .allMatch(seen -> seen.startsWith("Neither version answered to "));
  }

  @Test
  void theOlderVersionIsNoticedOnceTheNewerIsComplete() {
    assertThat(seen(true, "is zaqolder."))
        .isNotEmpty()
        .allMatch(seen ->
            seen.startsWith("The older version answered after the newer was complete, to "));
  }
}
