package io.parley.domain.port.persistence;

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
import java.time.Instant;
import java.util.Optional;

/** Bots. Tombstoned ones are not there. */
public interface BotRepository {

  /**
   * What an access check must know; the check decides what the actor may see. A worker also finds a
   * tombstoned bot: somebody must erase it.
   */
  Optional<BotGrant> findGrant(Actor actor, BotId bot);

  /** The bot's owner becomes the scope's user. */
  Bot create(UserScope scope, BotId id, BotProfile profile, Instant now);

  /** The user's clone, made on first sight, exactly once under concurrency. */
  Bot cloneOf(UserScope scope, BotId idIfNew, BotProfile profileIfNew, Instant now);

  /** The user's own bots, newest first, the clone among them. */
  Listing<Bot> list(UserScope scope, ListRequest request);

  /** Needs {@code ASK}: the caller hides what a stranger may not see. */
  Optional<Bot> find(BotScope scope);

  /** Replaces profile and status. Needs {@code WRITE}. */
  Optional<Bot> update(BotScope scope, BotProfile profile, BotStatus status, Instant now);

  /**
   * Makes the bot and all its sources invisible at once. False when it is gone already. Needs
   * {@code WRITE}.
   */
  boolean tombstone(BotScope scope, Instant now);
}
