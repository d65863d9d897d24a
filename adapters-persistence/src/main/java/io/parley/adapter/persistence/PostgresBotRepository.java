package io.parley.adapter.persistence;

import io.parley.domain.access.Actor;
import io.parley.domain.access.BotGrant;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.access.UserScope;
import io.parley.domain.account.TenantId;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.Bot;
import io.parley.domain.bot.BotId;
import io.parley.domain.bot.BotProfile;
import io.parley.domain.bot.BotStatus;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.Listing;
import io.parley.domain.port.persistence.BotRepository;
import java.time.Instant;
import java.util.Optional;

final class PostgresBotRepository implements BotRepository {

  private final Sql sql;

  PostgresBotRepository(Sql sql) {
    this.sql = sql;
  }

  @Override
  public Optional<BotGrant> findGrant(Actor actor, BotId bot) {
    return sql.find(
        """
        select id, tenant_id, owner_id, is_public from bots
        where id = ? and (tenant_id = ? or is_public) and (tombstoned_at is null or ?)
        """,
        row ->
            new BotGrant(
                new BotId(row.uuid("id")),
                new TenantId(row.uuid("tenant_id")),
                new UserId(row.uuid("owner_id")),
                row.bool("is_public")),
        bot.value(),
        actor.tenant().value(),
        actor instanceof Actor.Worker);
  }

  @Override
  public Bot create(UserScope scope, BotId id, BotProfile profile, Instant now) {
    return insert(scope, id, profile, false, now).orElseThrow();
  }

  @Override
  public Bot cloneOf(UserScope scope, BotId idIfNew, BotProfile profileIfNew, Instant now) {
    return findClone(scope)
        .or(() -> insert(scope, idIfNew, profileIfNew, true, now))
        .or(() -> findClone(scope))
        .orElseThrow();
  }

  private Optional<Bot> findClone(UserScope scope) {
    return sql.find(
        """
        select * from bots
        where owner_id = ? and tenant_id = ? and is_clone and tombstoned_at is null
        """,
        BotRow::bot,
        scope.user().value(),
        scope.tenant().value());
  }

  private Optional<Bot> insert(
      UserScope scope, BotId id, BotProfile profile, boolean clone, Instant now) {
    return sql.find(
        """
        insert into bots (id, tenant_id, owner_id, name, description, welcome_message, model_type,
          system_prompt, temperature, is_public, is_clone, configuration, status, created_at,
          updated_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (owner_id) where is_clone and tombstoned_at is null do nothing
        returning *
        """,
        BotRow::bot,
        id.value(),
        scope.tenant().value(),
        scope.user().value(),
        profile.name(),
        profile.description(),
        profile.welcomeMessage(),
        profile.modelType(),
        profile.systemPrompt(),
        profile.temperature(),
        profile.isPublic(),
        clone,
        BotRow.json(profile.configuration()),
        BotStatus.ACTIVE,
        now,
        now);
  }

  @Override
  public Listing<Bot> list(UserScope scope, ListRequest request) {
    return sql.listing(
        request,
        "*",
        "bots where owner_id = ? and tenant_id = ? and tombstoned_at is null",
        "created_at desc, id",
        BotRow::bot,
        scope.user().value(),
        scope.tenant().value());
  }

  @Override
  public Optional<Bot> find(BotScope scope) {
    scope.require(Permission.ASK);
    return sql.find(
        "select * from bots where id = ? and tenant_id = ? and tombstoned_at is null",
        BotRow::bot,
        scope.bot().value(),
        scope.tenant().value());
  }

  @Override
  public Optional<Bot> update(BotScope scope, BotProfile profile, BotStatus status, Instant now) {
    scope.require(Permission.WRITE);
    return sql.find(
        """
        update bots set name = ?, description = ?, welcome_message = ?, model_type = ?,
          system_prompt = ?, temperature = ?, is_public = ?, configuration = ?, status = ?,
          updated_at = ?
        where id = ? and tenant_id = ? and tombstoned_at is null
        returning *
        """,
        BotRow::bot,
        profile.name(),
        profile.description(),
        profile.welcomeMessage(),
        profile.modelType(),
        profile.systemPrompt(),
        profile.temperature(),
        profile.isPublic(),
        BotRow.json(profile.configuration()),
        status,
        now,
        scope.bot().value(),
        scope.tenant().value());
  }

  @Override
  public boolean tombstone(BotScope scope, Instant now) {
    scope.require(Permission.WRITE);
    return sql.inTransaction(() -> {
      int bots =
          sql.update(
              """
              update bots set tombstoned_at = ?, name = '', description = null,
                welcome_message = '', system_prompt = null, configuration = '{}'
              where id = ? and tenant_id = ? and tombstoned_at is null
              """,
              now,
              scope.bot().value(),
              scope.tenant().value());
      sql.update(
          """
          update sources set tombstoned_at = ?
          where bot_id = ? and tenant_id = ? and tombstoned_at is null
          """,
          now,
          scope.bot().value(),
          scope.tenant().value());
      return bots == 1;
    });
  }
}
