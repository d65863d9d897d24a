package io.parley.application.conversation;

import io.parley.domain.access.UserScope;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.persistence.ConversationRepository;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Lets a conversation answer one question at a time, on whichever server it is asked, so that each
 * question finds the answers before it. A turn is held by a lease that is renewed while it lasts: a
 * server that dies blocks the conversation for {@link #LEASE} at most.
 */
final class Turns {
  static final Duration LEASE = Duration.ofSeconds(60);
  private static final Duration RENEWAL = LEASE.dividedBy(4);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long FIRST_LOOK_MILLIS = 20;
  private static final long LONGEST_LOOK_MILLIS = 500;

  private final ConversationRepository conversations;
  private final IdSource ids;
  private final InstantSource clock;
  private final Duration patience;

  Turns(ConversationRepository conversations, IdSource ids, InstantSource clock) {
    this(conversations, ids, clock, PATIENCE);
  }

  Turns(
      ConversationRepository conversations, IdSource ids, InstantSource clock, Duration patience) {
    this.conversations = conversations;
    this.ids = ids;
    this.clock = clock;
    this.patience = patience;
  }

  /**
   * Does the work in a turn of its own. Empty when the conversation is gone.
   *
   * @param cancelled once true, nobody waits for the turn any more
   * @throws ConversationBusy when the turn did not come
   */
  <T> Optional<T> inTurn(
      UserScope scope, ConversationId id, BooleanSupplier cancelled, Supplier<Optional<T>> work) {
    UUID turn = ids.next();
    if (!take(scope, id, turn, cancelled)) {
      return Optional.empty();
    }
    CountDownLatch ended = new CountDownLatch(1);
    Thread.ofVirtual().name("parley-turn").start(() -> keep(scope, id, turn, ended));
    try {
      return work.get();
    } finally {
      ended.countDown();
      conversations.endTurn(scope, id, turn);
    }
  }

  private boolean take(UserScope scope, ConversationId id, UUID turn, BooleanSupplier cancelled) {
    long deadline = System.nanoTime() + patience.toNanos();
    long pause = FIRST_LOOK_MILLIS;
    while (!taken(scope, id, turn)) {
      if (conversations.find(scope, id).isEmpty()) {
        return false;
      }
      if (cancelled.getAsBoolean() || System.nanoTime() >= deadline) {
        throw new ConversationBusy();
      }
      sleep(pause);
      pause = Math.min(LONGEST_LOOK_MILLIS, pause * 2);
    }
    return true;
  }

  private boolean taken(UserScope scope, ConversationId id, UUID turn) {
    var now = clock.instant();
    return conversations.takeTurn(scope, id, turn, now, now.plus(LEASE));
  }

  private void keep(UserScope scope, ConversationId id, UUID turn, CountDownLatch ended) {
    try {
      while (!ended.await(RENEWAL.toMillis(), TimeUnit.MILLISECONDS)) {
        renew(scope, id, turn);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void renew(UserScope scope, ConversationId id, UUID turn) {
    try {
      conversations.keepTurn(scope, id, turn, clock.instant().plus(LEASE));
    } catch (PortFailure e) {
      // The lease has time for another attempt.
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConversationBusy();
    }
  }
}
