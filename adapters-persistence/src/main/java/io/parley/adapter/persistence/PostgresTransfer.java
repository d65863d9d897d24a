package io.parley.adapter.persistence;

import io.parley.domain.access.BotGrant;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.account.TenantId;
import io.parley.domain.account.User;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.Bot;
import io.parley.domain.bot.BotId;
import io.parley.domain.bot.BotProfile;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.MessageId;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.Transfer;
import io.parley.domain.transfer.ArchivedSource;
import io.parley.domain.transfer.ArchivedVersion;
import io.parley.domain.transfer.Identity;
import io.parley.domain.transfer.Selection;
import io.parley.domain.transfer.Standing;
import io.parley.domain.transfer.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows that leave for an archive, and come from one. */
final class PostgresTransfer implements Transfer {

  /** The log remembers what was removed for as long as there is a database. */
  private static final String REMOVED =
      "exists (select from change_log l where l.source_id = ? and l.change = 'source_removed')";

  private final Sql sql;

  PostgresTransfer(Sql sql) {
    this.sql = sql;
  }

  @Override
  public <T> T snapshot(Selection selection, Function<Snapshot, T> work) {
    return sql.inSnapshot(() -> work.apply(new PostgresSnapshot(sql, selection)));
  }

  @Override
  public Standing of(User user) {
    return sql.find(
            "select tenant_id = ? as same, closed_at is not null as closed from users where id = ?",
            row -> there(row.bool("same"), row.bool("closed")),
            user.tenant().value(),
            user.id().value())
        .orElseGet(() -> ofNewcomer(user));
  }

  private Standing ofNewcomer(User user) {
    if (user.passwordHash() == null) {
      return Standing.NEW;
    }
    if (isTaken("lower(username)", user.username())) {
      return Standing.USERNAME_TAKEN;
    }
    return isTaken("lower(email)", user.email()) ? Standing.EMAIL_TAKEN : Standing.NEW;
  }

  private boolean isTaken(String column, @Nullable String value) {
    return value != null
        && sql.exists(
            "select 1 from users where password_hash is not null and " + column + " = lower(?)",
            value);
  }

  @Override
  public Standing of(Identity identity) {
    return sql.find(
            "select user_id = ? as same from identities"
                + " where issuer = ? and subject = ? and tenant_id = ?",
            row -> there(row.bool("same"), false),
            identity.user().value(),
            identity.issuer(),
            identity.subject(),
            identity.tenant().value())
        .orElse(Standing.NEW);
  }

  @Override
  public Standing of(BotId bot, UserId owner) {
    return sql.find(
            "select owner_id = ? as same, tombstoned_at is not null as gone from bots where id = ?",
            row -> there(row.bool("same"), row.bool("gone")),
            owner.value(),
            bot.value())
        .orElseGet(() -> isErased(bot) ? Standing.ERASED : Standing.NEW);
  }

  private boolean isErased(BotId bot) {
    return sql.exists("select 1 from erasures where bot_id = ? and kind = 'bot'", bot.value());
  }

  @Override
  public Standing of(SourceId source, BotId bot) {
    return sql.find(
            """
            select s.bot_id = ? as same, coalesce(s.tombstoned_at, b.tombstoned_at) is not null as gone
            from sources s join bots b on b.id = s.bot_id where s.id = ?
            """,
            row -> there(row.bool("same"), row.bool("gone")),
            bot.value(),
            source.value())
        .orElseGet(() -> isErased(source) ? Standing.ERASED : Standing.NEW);
  }

  private boolean isErased(SourceId source) {
    return sql.exists("select 1 where " + REMOVED, source.value());
  }

  @Override
  public boolean isSlugTaken(ArchivedSource source) {
    return source.slug() != null
        && sql.exists(
            """
            select 1 from sources
            where bot_id = ? and slug = ? and tombstoned_at is null and id <> ?
            """,
            source.bot().value(),
            source.slug(),
            source.id().value());
  }

  @Override
  public Optional<MessageId> firstThere(List<MessageId> messages) {
    UUID[] ids = messages.stream().map(MessageId::value).toArray(UUID[]::new);
    return sql.find(
        "select id from messages where id = any (?) order by array_position(?, id) limit 1",
        row -> new MessageId(row.uuid("id")),
        ids,
        ids);
  }

  @Override
  public Standing of(ConversationId conversation, UserId asker) {
    return sql.find(
            "select asker_id = ? as same from conversations where id = ?",
            row -> there(row.bool("same"), false),
            asker.value(),
            conversation.value())
        .orElse(Standing.NEW);
  }

  private static Standing there(boolean same, boolean gone) {
    if (gone) {
      return Standing.ERASED;
    }
    return same ? Standing.THERE : Standing.FOREIGN;
  }

  @Override
  public Optional<BotGrant> grant(BotId bot) {
    return sql.find(
        "select tenant_id, owner_id, is_public from bots where id = ? and tombstoned_at is null",
        row ->
            new BotGrant(
                bot,
                new TenantId(row.uuid("tenant_id")),
                new UserId(row.uuid("owner_id")),
                row.bool("is_public")),
        bot.value());
  }

  @Override
  public void add(Tenant tenant) {
    sql.update(
        "insert into tenants (id, created_at) values (?, ?) on conflict do nothing",
        tenant.id().value(),
        tenant.createdAt());
  }

  @Override
  public boolean add(User user) {
    return sql.update(
            """
            insert into users (id, tenant_id, username, email, first_name, last_name, password_hash,
              password_version, is_staff, is_active, is_verified, date_joined, last_login,
              subscription_status, subscription_plan_id)
            select ?, t.id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? from tenants t where t.id = ?
            on conflict do nothing
            """,
            user.id().value(),
            user.username(),
            user.email(),
            user.firstName(),
            user.lastName(),
            user.passwordHash() == null ? null : user.passwordHash().encoded(),
            user.passwordVersion(),
            user.staff(),
            user.active(),
            user.verified(),
            user.dateJoined(),
            user.lastLogin(),
            user.subscriptionStatus(),
            user.subscriptionPlanId(),
            user.tenant().value())
        == 1;
  }

  @Override
  public boolean add(Identity identity) {
    return sql.update(
            """
            insert into identities (issuer, subject, tenant_id, user_id)
            select ?, ?, u.tenant_id, u.id from users u
            where u.id = ? and u.tenant_id = ? and u.closed_at is null
            on conflict do nothing
            """,
            identity.issuer(),
            identity.subject(),
            identity.user().value(),
            identity.tenant().value())
        == 1;
  }

  @Override
  public boolean add(Bot bot) {
    if (isErased(bot.id())) {
      return false;
    }
    BotProfile profile = bot.profile();
    return sql.update(
            """
            insert into bots (id, tenant_id, owner_id, name, description, welcome_message,
              model_type, system_prompt, temperature, is_public, is_clone, configuration, status,
              created_at, updated_at)
            select ?, u.tenant_id, u.id, ?, ?, ?, ?, ?, ?, ?,
              ? and not exists (select from bots c
                where c.owner_id = u.id and c.is_clone and c.tombstoned_at is null),
              ?, ?, ?::timestamptz, ?::timestamptz
            from users u where u.id = ? and u.tenant_id = ? and u.closed_at is null
            on conflict do nothing
            """,
            bot.id().value(),
            profile.name(),
            profile.description(),
            profile.welcomeMessage(),
            profile.modelType(),
            profile.systemPrompt(),
            profile.temperature(),
            profile.isPublic(),
            bot.isClone(),
            BotRow.json(profile.configuration()),
            bot.status(),
            bot.createdAt(),
            bot.updatedAt(),
            bot.owner().value(),
            bot.tenant().value())
        == 1;
  }

  @Override
  public boolean add(BotScope scope, ArchivedSource source) {
    scope.require(Permission.WRITE);
    return sql.update(
            """
            insert into sources (id, tenant_id, bot_id, type, slug, last_version, newest_version,
              created_at)
            select ?, b.tenant_id, b.id, ?, ?, ?, ?, ?::timestamptz
            from bots b where b.id = ? and b.tenant_id = ? and b.tombstoned_at is null and not
            """
                + REMOVED
                + " for share on conflict do nothing",
            source.id().value(),
            source.type(),
            source.slug(),
            source.lastVersion(),
            source.newestVersion(),
            source.createdAt(),
            scope.bot().value(),
            scope.tenant().value(),
            source.id().value())
        == 1;
  }

  @Override
  public void add(BotScope scope, ArchivedVersion version) {
    scope.require(Permission.WRITE);
    sql.update(
        """
        insert into source_versions (source_id, version, tenant_id, bot_id, name, content_type, size,
          sha256, blob_owner_id, metadata, status, step, uploaded_at)
        select s.id, ?, s.tenant_id, s.bot_id, ?, ?, ?, ?, ?, ?, 'pending', 'stored', ?::timestamptz
        from sources s where s.id = ? and s.tenant_id = ? and s.bot_id = ?
        """,
        version.ref().version(),
        version.name().value(),
        version.contentType().mediaType(),
        version.size(),
        version.sha256(),
        scope.owner().value(),
        Json.of(version.metadata().values()),
        version.uploadedAt(),
        version.ref().source().value(),
        scope.tenant().value(),
        scope.bot().value());
  }

  @Override
  public void complete(BotScope scope, VersionRef ref, @Nullable Instant processedAt) {
    scope.require(Permission.WRITE);
    sql.update(
        """
        update source_versions v set status = 'complete', step = 'indexed', step_done = chunk_count,
          step_total = chunk_count, step_remaining = null, error_message = null,
          processed_at = ?::timestamptz
        where v.step = 'split' and
        """
            + PostgresIngestionRepository.AT_WORK,
        withFirst(processedAt, PostgresIngestionRepository.at(scope, ref)));
  }

  private static @Nullable Object[] withFirst(@Nullable Object first, @Nullable Object[] others) {
    @Nullable Object[] all = new @Nullable Object[others.length + 1];
    all[0] = first;
    System.arraycopy(others, 0, all, 1, others.length);
    return all;
  }

  @Override
  public boolean add(Conversation conversation) {
    return sql.update(
            """
            insert into conversations (id, tenant_id, asker_id, bot_id, title, metadata, created_at,
              updated_at)
            select ?, u.tenant_id, u.id, ?, ?, ?, ?::timestamptz, ?::timestamptz
            from users u where u.id = ? and u.tenant_id = ? and u.closed_at is null
            on conflict do nothing
            """,
            conversation.id().value(),
            conversation.bot().value(),
            conversation.title(),
            Json.of(conversation.metadata().values()),
            conversation.createdAt(),
            conversation.updatedAt(),
            conversation.asker().value(),
            conversation.tenant().value())
        == 1;
  }
}
