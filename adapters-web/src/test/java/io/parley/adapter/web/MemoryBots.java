package io.parley.adapter.web;

import io.parley.domain.access.Actor;
import io.parley.domain.access.BotGrant;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.UserScope;
import io.parley.domain.bot.Bot;
import io.parley.domain.bot.BotId;
import io.parley.domain.bot.BotProfile;
import io.parley.domain.bot.BotStatus;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.Listing;
import io.parley.domain.port.persistence.BotRepository;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Bots in memory. */
final class MemoryBots implements BotRepository {
  private final Map<BotId, Bot> bots = new ConcurrentHashMap<>();

  @Override
  public Optional<BotGrant> findGrant(Actor actor, BotId bot) {
    return Optional.ofNullable(bots.get(bot))
        .map(b -> new BotGrant(b.id(), b.tenant(), b.owner(), b.profile().isPublic()));
  }

  @Override
  public Bot create(UserScope scope, BotId id, BotProfile profile, Instant now) {
    return put(scope, id, profile, false, now);
  }

  private Bot put(UserScope scope, BotId id, BotProfile profile, boolean clone, Instant now) {
    Bot bot = new Bot(id, scope.tenant(), scope.user(), profile, BotStatus.ACTIVE, clone, now, now);
    bots.put(id, bot);
    return bot;
  }

  @Override
  public synchronized Bot cloneOf(UserScope scope, BotId id, BotProfile profile, Instant now) {
    return bots.values().stream()
        .filter(b -> b.isClone() && b.owner().equals(scope.user()))
        .findFirst()
        .orElseGet(() -> put(scope, id, profile, true, now));
  }

  @Override
  public Listing<Bot> list(UserScope scope, ListRequest request) {
    List<Bot> own =
        bots.values().stream()
            .filter(b -> b.owner().equals(scope.user()))
            .sorted(Comparator.comparing(Bot::createdAt).reversed())
            .toList();
    return new Listing<>(
        own.stream().skip(request.skip()).limit(request.limit()).toList(), own.size(), request);
  }

  @Override
  public Optional<Bot> find(BotScope scope) {
    return Optional.ofNullable(bots.get(scope.bot()));
  }

  @Override
  public Optional<Bot> update(BotScope scope, BotProfile profile, BotStatus status, Instant now) {
    return Optional.ofNullable(
        bots.computeIfPresent(
            scope.bot(),
            (_, b) ->
                new Bot(
                    b.id(),
                    b.tenant(),
                    b.owner(),
                    profile,
                    status,
                    b.isClone(),
                    b.createdAt(),
                    now)));
  }

  @Override
  public boolean tombstone(BotScope scope, Instant now) {
    return bots.remove(scope.bot()) != null;
  }
}
