package io.parley.application.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.port.PortFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunChecksTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private final List<String> cleaned = new ArrayList<>();

  /** Checks in a row; it notes when it was cleaned up. */
  private Probe probe(List<Check> checks, String... left) {
    return new Probe() {
      @Override
      public Subject subject() {
        return Tried.SUBJECT;
      }

      @Override
      public List<Check> checks() {
        return checks;
      }

      @Override
      public List<String> cleanUp() {
        cleaned.add("cleaned");
        return List.of(left);
      }
    };
  }

  private static Check passing(String name) {
    return Check.of(name, LONG, () -> Verdict.passed("well"));
  }

  private static Verdict hang() throws InterruptedException {
    new CountDownLatch(1).await();
    return Verdict.passed();
  }

  @Test
  void whatHangsFailsWithASentenceAndTheOthersGoOn() {
    Check hanging = Check.of("hangs", Duration.ofMillis(50), RunChecksTest::hang);

    Tried tried = Tried.on(probe(List.of(hanging, passing("after"))));

    tried.assertFails("hangs", "did not end within");
    assertThat(tried.of("after").status()).isEqualTo("passed");
    assertThat(cleaned).hasSize(1);
  }

  @Test
  void whatANeededCheckCarriesIsSkipped() {
    Check broken =
        Check.needed(
            "open",
            LONG,
            () -> {
              throw new PortFailure(
                  PortFailure.Kind.CREDENTIALS_REJECTED, "x", "It rejects the key.", null);
            });

    Tried tried = Tried.on(probe(List.of(broken, passing("write"), passing("read"))));

    tried.assertFails("open", "It rejects the key.");
    assertThat(tried.of("open").remedy()).isEqualTo(Tried.SUBJECT.remedy());
    assertThat(tried.of("write").status()).isEqualTo("skipped");
    assertThat(tried.of("read").detail()).contains("open");
    assertThat(cleaned).hasSize(1);
  }

  @Test
  void aDefectIsAFailureThatSaysNothingOfTheInside() {
    Check defect =
        Check.of(
            "defect",
            LONG,
            () -> {
              throw new IllegalStateException("secret inside");
            });

    Tried tried = Tried.on(probe(List.of(defect)));

    tried.assertFails("defect", "unexpected");
    assertThat(tried.of("defect").detail()).doesNotContain("secret inside");
  }

  @Test
  void whatIsLeftBehindIsNamedAndIsAFailure() {
    Tried tried = Tried.on(probe(List.of(passing("all")), "the collection x"));

    assertThat(tried.report().leftBehind()).containsExactly("the collection x");
    assertThat(tried.report().passed()).isFalse();
  }

  @Test
  void anInterruptionEndsTheRunAfterCleaningUp() throws InterruptedException {
    CountDownLatch hanging = new CountDownLatch(1);
    Check hangs =
        Check.of(
            "hangs",
            LONG,
            () -> {
              hanging.countDown();
              return hang();
            });
    List<Probe> probes =
        List.of(probe(List.of(hangs, passing("after"))), probe(List.of(passing("second"))));
    AtomicReference<CheckReport> report = new AtomicReference<>();
    Thread running =
        Thread.ofPlatform().start(() -> report.set(new RunChecks((_, _, _) -> {}).run(probes)));
    hanging.await();

    running.interrupt();
    running.join();

    assertThat(report.get().stopped()).isTrue();
    assertThat(report.get().passed()).isFalse();
    assertThat(report.get().results()).isEmpty();
    assertThat(cleaned).hasSize(1);
  }

  @Test
  void whatIsStillEndingIsCleanedUpAfterIt() {
    Check slowToEnd =
        Check.of(
            "slow",
            Duration.ofMillis(20),
            () -> {
              try {
                return hang();
              } finally {
                Thread.sleep(200);
                cleaned.add("ended");
              }
            });

    Tried.on(probe(List.of(slowToEnd))).assertFails("slow", "did not end within");

    assertThat(cleaned).containsExactly("ended", "cleaned");
  }

  @Test
  void anOnlookerThatEndsTheRunHasItCleanedUp() {
    RunChecks checks =
        new RunChecks((_, _, check) -> {
          if (check.name().equals("second")) {
            throw new IllegalStateException("nobody listens");
          }
        });

    assertThatThrownBy(
            () -> checks.run(List.of(probe(List.of(passing("first"), passing("second"))))))
        .hasMessage("nobody listens");
    assertThat(cleaned).hasSize(1);
  }

  @Test
  void aReportSurvivesItsWayAsPlainValues() {
    Check failing =
        Check.of(
            "fails",
            LONG,
            () -> {
              throw new CheckFailed("It is wrong.", "Mend it.");
            });
    Check skipped = Check.of("skipped", LONG, () -> Verdict.skipped("Not here."));
    CheckReport report =
        Tried.on(probe(List.of(passing("passes"), failing, skipped), "a thing")).report();

    CheckReport back = CheckReport.of(report.asMap());

    assertThat(back.asMap()).isEqualTo(report.asMap());
    assertThat(report.asMap())
        .containsEntry("status", "failed")
        .containsEntry("passed", 1L)
        .containsEntry("failed", 1L)
        .containsEntry("skipped", 1L);
  }
}
