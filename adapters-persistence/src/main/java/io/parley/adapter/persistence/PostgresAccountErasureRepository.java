package io.parley.adapter.persistence;

import io.parley.domain.access.UserScope;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.ErasureId;
import io.parley.domain.port.persistence.AccountErasureRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What goes with a user. A table that a later migration adds must be emptied here: a test over the
 * schema fails until it is.
 */
final class PostgresAccountErasureRepository implements AccountErasureRepository {

  private final Sql sql;

  PostgresAccountErasureRepository(Sql sql) {
    this.sql = sql;
  }

  @Override
  public Closing close(UserScope scope, Instant now) {
    return sql.inTransaction(() -> {
      // Two who close at the same time see one another.
      sql.list(
          "select id from users where is_staff and is_active order by id for update", row -> true);
      Optional<Boolean> staff =
          sql.find(
              "select is_staff from users where id = ? and tenant_id = ? and closed_at is null for update",
              row -> row.bool("is_staff"),
              user(scope),
              scope.tenant().value());
      if (staff.isEmpty()) {
        return new Closing.Gone();
      }
      if (staff.get() && isLastOfStaff()) {
        return new Closing.LastOfStaff();
      }
      blank(scope, now);
      return new Closing.Closed(removeLate(scope, now));
    });
  }

  private boolean isLastOfStaff() {
    return sql.count("select count(*) from users where is_staff and is_active") == 1;
  }

  private void blank(UserScope scope, Instant now) {
    sql.update(
        """
        update users set username = null, email = null, first_name = null, last_name = null,
          password_hash = null, is_staff = false, is_active = false, is_verified = false,
          last_login = null, subscription_status = 'free', subscription_plan_id = null,
          closed_at = ?
        where id = ? and tenant_id = ?
        """,
        now,
        user(scope),
        scope.tenant().value());
  }

  @Override
  public List<BotId> bots(UserScope scope, int limit) {
    return sql.list(
        "select id from bots where owner_id = ? and tenant_id = ? order by id limit ?",
        row -> new BotId(row.uuid("id")),
        user(scope),
        scope.tenant().value(),
        limit);
  }

  @Override
  public long removeLate(UserScope scope, Instant now) {
    return sql.inTransaction(() -> {
      if (!isClosed(scope)) {
        return 0L;
      }
      tombstoneBots(scope, now);
      return delete("identities where user_id = ? and tenant_id = ?", scope)
          + delete("refresh_tokens where user_id = ? and tenant_id = ?", scope)
          + delete("conversations where asker_id = ? and tenant_id = ?", scope)
          + delete("idempotency_keys where user_id = ? and tenant_id = ?", scope);
    });
  }

  private boolean isClosed(UserScope scope) {
    return sql.exists(
        "select 1 from users where id = ? and tenant_id = ? and closed_at is not null",
        user(scope),
        scope.tenant().value());
  }

  private void tombstoneBots(UserScope scope, Instant now) {
    sql.update(
        """
        update bots set tombstoned_at = coalesce(tombstoned_at, ?), name = '', description = null,
          welcome_message = '', system_prompt = null, configuration = '{}'
        where owner_id = ? and tenant_id = ?
        """,
        now,
        user(scope),
        scope.tenant().value());
    sql.update(
        """
        update sources s set tombstoned_at = ? from bots b
        where b.id = s.bot_id and b.owner_id = ? and b.tenant_id = ? and s.tombstoned_at is null
        """,
        now,
        user(scope),
        scope.tenant().value());
  }

  @Override
  public long remove(UserScope scope, ErasureId receipt) {
    return sql.inTransaction(() -> {
      if (!isClosed(scope)) {
        return 0L;
      }
      sql.update(
          "update erasures set owner_id = null where id = ? and owner_id = ? and tenant_id = ?",
          receipt.value(),
          user(scope),
          scope.tenant().value());
      long rows =
          delete(
                  "sources s using bots b where b.id = s.bot_id and b.owner_id = ?"
                      + " and b.tenant_id = ?",
                  scope)
              + delete("bots where owner_id = ? and tenant_id = ?", scope)
              + delete("jobs where owner_id = ? and tenant_id = ?", scope)
              + delete("job_owners where owner_id = ? and tenant_id = ?", scope)
              + delete("erasures where owner_id = ? and tenant_id = ?", scope)
              + delete("users where id = ? and tenant_id = ?", scope);
      return rows + removeTenant(scope);
    });
  }

  private int removeTenant(UserScope scope) {
    UUID tenant = scope.tenant().value();
    return sql.update(
        """
        delete from tenants t where t.id = ?
          and not exists (select from users u where u.tenant_id = t.id)
          and not exists (select from bots b where b.tenant_id = t.id)
        """,
        tenant);
  }

  private long delete(String which, UserScope scope) {
    return sql.update("delete from " + which, user(scope), scope.tenant().value());
  }

  private static UUID user(UserScope scope) {
    return scope.user().value();
  }
}
