package io.parley.testkit.memory;

import static io.parley.testkit.memory.InMemoryDatabase.kept;

import io.parley.domain.access.Actor;
import io.parley.domain.access.BotGrant;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.access.UserScope;
import io.parley.domain.bot.Bot;
import io.parley.domain.bot.BotId;
import io.parley.domain.bot.BotProfile;
import io.parley.domain.bot.BotStatus;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.Listing;
import io.parley.domain.port.persistence.BotRepository;
import io.parley.testkit.memory.InMemoryDatabase.KeptBot;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Bots in memory. */
public final class InMemoryBotRepository implements BotRepository {

  private final InMemoryDatabase database;

  public InMemoryBotRepository(InMemoryDatabase database) {
    this.database = database;
  }

  @Override
  public Optional<BotGrant> findGrant(Actor actor, BotId id) {
    return database.inTransaction(() ->
        database
            .bots
            .get(id)
            .filter(kept -> !kept.tombstoned() || actor instanceof Actor.Worker)
            .map(KeptBot::bot)
            .filter(bot -> bot.tenant().equals(actor.tenant()) || bot.profile().isPublic())
            .map(bot ->
                new BotGrant(bot.id(), bot.tenant(), bot.owner(), bot.profile().isPublic())));
  }

  @Override
  public Bot create(UserScope scope, BotId id, BotProfile profile, Instant now) {
    return database.inTransaction(() -> add(scope, id, profile, false, now));
  }

  @Override
  public Bot cloneOf(UserScope scope, BotId idIfNew, BotProfile profileIfNew, Instant now) {
    return database.inTransaction(() ->
        ownedBy(scope)
            .filter(Bot::isClone)
            .findFirst()
            .orElseGet(() -> add(scope, idIfNew, profileIfNew, true, now)));
  }

  private Bot add(UserScope scope, BotId id, BotProfile profile, boolean clone, Instant now) {
    Bot bot =
        new Bot(
            id,
            scope.tenant(),
            scope.user(),
            profile,
            BotStatus.ACTIVE,
            clone,
            kept(now),
            kept(now));
    database.bots.put(id, new KeptBot(bot, false));
    return bot;
  }

  @Override
  public Listing<Bot> list(UserScope scope, ListRequest request) {
    return database.inTransaction(() ->
        InMemoryDatabase.listing(
            ownedBy(scope)
                .sorted(
                    Comparator.comparing(Bot::createdAt)
                        .reversed()
                        .thenComparing(bot -> bot.id().toString())),
            request));
  }

  @Override
  public Optional<Bot> find(BotScope scope) {
    scope.require(Permission.ASK);
    return database.inTransaction(() -> in(scope));
  }

  @Override
  public Optional<Bot> update(BotScope scope, BotProfile profile, BotStatus status, Instant now) {
    scope.require(Permission.WRITE);
    return database.inTransaction(() -> {
      Optional<Bot> changed =
          in(scope)
              .map(bot ->
                  new Bot(
                      bot.id(),
                      bot.tenant(),
                      bot.owner(),
                      profile,
                      status,
                      bot.isClone(),
                      bot.createdAt(),
                      kept(now)));
      changed.ifPresent(bot -> database.bots.put(bot.id(), new KeptBot(bot, false)));
      return changed;
    });
  }

  @Override
  public boolean tombstone(BotScope scope, Instant now) {
    scope.require(Permission.WRITE);
    return database.inTransaction(() -> {
      Optional<Bot> found = in(scope);
      found.ifPresent(bot -> database.bots.put(bot.id(), new KeptBot(bot, true)));
      return found.isPresent();
    });
  }

  private Optional<Bot> get(BotId id) {
    return database.bots.get(id).filter(bot -> !bot.tombstoned()).map(KeptBot::bot);
  }

  private Optional<Bot> in(BotScope scope) {
    return get(scope.bot()).filter(bot -> bot.tenant().equals(scope.tenant()));
  }

  private Stream<Bot> ownedBy(UserScope scope) {
    return database
        .bots
        .values()
        .filter(bot -> !bot.tombstoned())
        .map(KeptBot::bot)
        .filter(bot -> bot.owner().equals(scope.user()) && bot.tenant().equals(scope.tenant()));
  }
}
