package io.parley.testkit.memory;

import io.parley.domain.access.UserScope;
import io.parley.domain.account.TenantId;
import io.parley.domain.account.User;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.BotId;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.document.ErasureId;
import io.parley.domain.port.persistence.AccountErasureRepository;
import io.parley.testkit.memory.InMemoryDatabase.KeptBot;
import io.parley.testkit.memory.InMemoryKnowledge.KeptReceipt;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What goes with a user, in memory. A closed account is inactive and has no name and password. */
final class InMemoryAccountErasureRepository implements AccountErasureRepository {

  private final InMemoryKnowledge knowledge;
  private final InMemoryDatabase database;

  InMemoryAccountErasureRepository(InMemoryKnowledge knowledge) {
    this.knowledge = knowledge;
    this.database = knowledge.database;
  }

  @Override
  public Closing close(UserScope scope, Instant now) {
    return database.inTransaction(() -> {
      Optional<User> user = user(scope).filter(u -> !database.closed.get(u.id()).isPresent());
      if (user.isEmpty()) {
        return new Closing.Gone();
      }
      if (user.get().staff() && staff() == 1) {
        return new Closing.LastOfStaff();
      }
      database.users.put(user.get().id(), blank(user.get()));
      database.closed.put(user.get().id(), true);
      return new Closing.Closed(removeLate(scope, now));
    });
  }

  private Optional<User> user(UserScope scope) {
    return database.users.get(scope.user()).filter(u -> u.tenant().equals(scope.tenant()));
  }

  private long staff() {
    return database.users.values().filter(u -> u.staff() && u.active()).count();
  }

  private static User blank(User user) {
    UserId id = user.id();
    TenantId tenant = user.tenant();
    return new User(
        id,
        tenant,
        null,
        null,
        null,
        null,
        null,
        user.passwordVersion(),
        false,
        false,
        false,
        user.dateJoined(),
        null,
        User.FREE,
        null);
  }

  @Override
  public List<BotId> bots(UserScope scope, int limit) {
    return database.inTransaction(() ->
        database
            .bots
            .values()
            .filter(kept -> isOf(kept, scope))
            .map(kept -> kept.bot().id())
            .sorted(Comparator.comparing(BotId::toString))
            .limit(limit)
            .toList());
  }

  private static boolean isOf(KeptBot kept, UserScope scope) {
    return kept.bot().owner().equals(scope.user()) && kept.bot().tenant().equals(scope.tenant());
  }

  @Override
  public long removeLate(UserScope scope, Instant now) {
    return database.inTransaction(() -> isClosed(scope) ? removeAll(scope) : 0L);
  }

  private boolean isClosed(UserScope scope) {
    return user(scope).isPresent() && database.closed.get(scope.user()).isPresent();
  }

  private long removeAll(UserScope scope) {
    tombstoneBots(scope);
    List<Conversation> talks =
        database
            .conversations
            .values()
            .filter(c -> c.asker().equals(scope.user()) && c.tenant().equals(scope.tenant()))
            .toList();
    talks.forEach(talk -> {
      database.conversations.remove(talk.id());
      database.messages.remove(talk.id());
    });
    List<String> tokens =
        database
            .refreshTokens
            .values()
            .filter(kept -> kept.token().user().equals(scope.user()))
            .map(kept -> kept.token().hash())
            .toList();
    tokens.forEach(database.refreshTokens::remove);
    List<InMemoryIdempotencyRepository.Key> repeats =
        database
            .idempotency
            .entries()
            .map(entry -> entry.getKey())
            .filter(key -> key.user().equals(scope.user().toString()))
            .filter(key -> key.tenant().equals(scope.tenant().toString()))
            .toList();
    repeats.forEach(database.idempotency::remove);
    return (long) talks.size() + tokens.size() + repeats.size();
  }

  private void tombstoneBots(UserScope scope) {
    database
        .bots
        .values()
        .filter(kept -> isOf(kept, scope))
        .forEach(kept -> {
          database.bots.put(kept.bot().id(), new KeptBot(kept.bot(), true));
          knowledge
              .sources
              .values()
              .filter(source -> source.bot().equals(kept.bot().id()))
              .forEach(source -> knowledge.sources.put(source.id(), source.gone()));
        });
  }

  @Override
  public long remove(UserScope scope, ErasureId receipt) {
    return database.inTransaction(() -> isClosed(scope) ? removeLast(scope, receipt) : 0L);
  }

  private long removeLast(UserScope scope, ErasureId receipt) {
    List<BotId> bots = bots(scope, Integer.MAX_VALUE);
    knowledge.sources.removeIf(source -> bots.contains(source.bot()));
    bots.forEach(database.bots::remove);
    knowledge.jobs.removeIf(job -> job.job().owner().equals(scope.user()));
    knowledge.turns.remove(scope.user());
    knowledge
        .receipts
        .get(receipt)
        .ifPresent(kept ->
            knowledge.receipts.put(receipt, new KeptReceipt(null, kept.keyHash(), kept.receipt())));
    knowledge.receipts.removeIf(kept -> {
      UserScope owner = kept.owner();
      return owner != null && owner.user().equals(scope.user());
    });
    database.users.remove(scope.user());
    database.closed.remove(scope.user());
    return bots.size() + 1L;
  }
}
