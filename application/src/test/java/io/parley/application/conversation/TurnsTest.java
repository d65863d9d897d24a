package io.parley.application.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.application.Bench;
import io.parley.domain.access.Access;
import io.parley.domain.access.UserScope;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.document.Metadata;
import io.parley.domain.port.IdSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** One question at a time, and what becomes of those that wait. */
class TurnsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Bench bench = new Bench();
  private final UserScope user = Access.own(bench.person);
  private final ConversationId talk = new ConversationId(UUID.randomUUID());
  private Instant now = START;
  private final Turns impatient =
      new Turns(bench.database.conversations(), IdSource.random(), () -> now, Duration.ZERO);

  TurnsTest() {
    bench
        .database
        .conversations()
        .create(user, talk, bench.scope.bot(), "Talk", Metadata.EMPTY, START);
  }

  private Optional<String> ask() {
    return impatient.inTurn(user, talk, () -> false, () -> Optional.of("answered"));
  }

  @Test
  void whoDoesNotGetTheTurnIsToldToWait() {
    impatient.inTurn(
        user,
        talk,
        () -> false,
        () -> {
          assertThatThrownBy(this::ask)
              .isInstanceOf(ConversationBusy.class)
              .hasMessageContaining("Wait");
          return Optional.of("first");
        });
    assertThat(ask()).contains("answered");
  }

  @Test
  void aFailureEndsTheTurn() {
    assertThatThrownBy(() ->
            impatient.inTurn(
                user,
                talk,
                () -> false,
                () -> {
                  throw new IllegalStateException("It broke.");
                }))
        .hasMessage("It broke.");
    assertThat(ask()).contains("answered");
  }

  @Test
  void theTurnOfAServerThatDiedIsOverAfterItsLease() {
    bench
        .database
        .conversations()
        .takeTurn(user, talk, UUID.randomUUID(), now, now.plus(Turns.LEASE));
    assertThatThrownBy(this::ask).isInstanceOf(ConversationBusy.class);
    now = START.plus(Turns.LEASE);
    assertThat(ask()).contains("answered");
  }

  @Test
  void aConversationThatIsGoneHasNoTurns() {
    bench.database.conversations().delete(user, talk);
    assertThat(ask()).isEmpty();
  }
}
