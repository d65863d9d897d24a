package io.parley.testkit.memory;

import io.parley.domain.account.RefreshToken;
import io.parley.domain.account.TenantId;
import io.parley.domain.account.User;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.Bot;
import io.parley.domain.bot.BotId;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.Message;
import io.parley.domain.conversation.MessageId;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.Listing;
import io.parley.domain.port.Secret;
import io.parley.domain.port.persistence.Transactions;
import io.parley.domain.transfer.Identity;
import io.parley.domain.transfer.Tenant;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What all repositories in memory share: the rows, and transactions, one at a time. */
public final class InMemoryDatabase implements Transactions {

  record KeptToken(RefreshToken token, boolean spent, boolean revoked) {}

  record KeptSecret(Secret value, boolean consumed) {}

  record KeptTurn(UUID turn, Instant until) {}

  record KeptBot(Bot bot, boolean tombstoned) {}

  final Table<UserId, User> users = table();
  final Table<UserId, Boolean> closed = table();
  final Table<TenantId, Tenant> tenants = table();
  final Table<String, Identity> identities = table();
  final Table<String, KeptToken> refreshTokens = table();
  final Table<String, KeptSecret> secrets = table();
  final Table<BotId, KeptBot> bots = table();
  final Table<ConversationId, Conversation> conversations = table();
  final Table<ConversationId, List<Message>> messages = table();
  final Table<MessageId, String> ratingComments = table();
  final Table<ConversationId, KeptTurn> turns = table();
  final Table<InMemoryIdempotencyRepository.Key, InMemoryIdempotencyRepository.Kept> idempotency =
      table();

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Runnable> undo = new ArrayDeque<>();

  /** A table whose changes are rolled back with all others. */
  <K, V> Table<K, V> table() {
    return new Table<>(step -> undo.push(step));
  }

  @Override
  public <T> T inTransaction(Supplier<T> work) {
    if (lock.isHeldByCurrentThread()) {
      return work.get();
    }
    lock.lock();
    boolean done = false;
    try {
      T result = work.get();
      done = true;
      return result;
    } finally {
      if (!done) {
        undo.forEach(Runnable::run);
      }
      undo.clear();
      lock.unlock();
    }
  }

  /** As exact as PostgreSQL keeps it. */
  static Instant kept(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }

  static <T> Listing<T> listing(Stream<T> sorted, ListRequest request) {
    List<T> all = sorted.toList();
    return new Listing<>(
        all.stream().skip(request.skip()).limit(request.limit()).toList(), all.size(), request);
  }
}
