package io.parley.application.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What a probe said. */
record Tried(CheckReport report) {
  static final Subject SUBJECT = new Subject("the backend", "Look at its page.");

  static Tried on(Probe probe) {
    return new Tried(new RunChecks((_, _, _) -> {}).run(List.of(probe)));
  }

  CheckResult of(String check) {
    return report.results().stream()
        .filter(result -> result.check().equals(check))
        .findFirst()
        .orElseThrow();
  }

  /** Everything passed or had a reason not to be tried, and nothing is left. */
  void assertSound() {
    assertThat(report.results()).as("%s", report).noneMatch(CheckResult::failed);
    assertThat(report.leftBehind()).isEmpty();
    assertThat(report.passed()).isTrue();
  }

  /** That check failed with a sentence and with something to do; those of the fault alone did. */
  void assertFails(String check, String sentence) {
    assertThat(of(check).status()).as("%s", report).isEqualTo("failed");
    assertThat(of(check).detail()).contains(sentence);
    assertThat(of(check).remedy()).isNotBlank();
    assertThat(report.passed()).isFalse();
  }
}
