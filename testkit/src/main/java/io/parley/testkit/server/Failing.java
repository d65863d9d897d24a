package io.parley.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What failures of remote models look like. */
final class Failing {
  /** The keys and texts of the contracts, and what the server's errors quote. */
  private static final String[] NOBODYS_BUSINESS = {
    RemoteChatModelContract.KEY, "sk-leak", "quoted here", "lighthouse", "ferry", "quartz"
  };

  private Failing() {}

  /** Fails in that way, with a sentence that says what to do and nothing of keys and texts. */
  static PortFailure with(Kind kind, ThrowingCallable call) {
    PortFailure failure = catchThrowableOfType(PortFailure.class, call);
    assertThat(failure).as("a failure of kind " + kind).isNotNull();
    assertThat(failure.kind()).as(failure.sentence()).isEqualTo(kind);
    assertThat(failure.sentence()).matches("\\S.{10,}\\.").doesNotContain(NOBODYS_BUSINESS);
    assertThat(failure.getCause()).isNull();
    return failure;
  }

  /** As above, having been told how long to wait. */
  static void withWait(Kind kind, Duration atLeast, ThrowingCallable call) {
    assertThat(with(kind, call).retryAfter().orElse(Duration.ZERO)).isGreaterThanOrEqualTo(atLeast);
  }
}
