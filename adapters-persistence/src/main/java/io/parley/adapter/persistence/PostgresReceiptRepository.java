package io.parley.adapter.persistence;

import io.parley.domain.access.UserScope;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.ErasureId;
import io.parley.domain.document.SourceId;
import io.parley.domain.erasure.ErasureReceipt;
import io.parley.domain.erasure.ErasureReceipt.Evidence;
import io.parley.domain.erasure.ErasureReceipt.Place;
import io.parley.domain.erasure.ErasureReceipt.Removal;
import io.parley.domain.erasure.Retained;
import io.parley.domain.port.persistence.ReceiptRepository;
import io.parley.domain.retrieval.GenerationId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Receipts; every change finds its receipt by id, tenant and owner. */
final class PostgresReceiptRepository implements ReceiptRepository {

  private static final UUID NO_INDEX = new UUID(0, 0);

  private static final String OWN = " where e.id = ? and e.tenant_id = ? and e.owner_id = ?";

  private static final String COLUMNS =
      """
      select e.*, (select j.error from jobs j
        where j.erasure_id = e.id and j.state in ('queued', 'running')
        order by j.sequence desc limit 1) as waiting_for
      from erasures e
      """;

  private static final String INSERT =
      """
      insert into erasure_removals as r
        (erasure_id, visit, store, index_id, tenant_id, generation_id, count, evidence)
      select e.id, ?, ?, ?, e.tenant_id, ?::uuid, ?, 'pending' from erasures e
      """
          + OWN
          + " on conflict (erasure_id, visit, store, index_id) do ";

  private final Sql sql;

  PostgresReceiptRepository(Sql sql) {
    this.sql = sql;
  }

  @Override
  public void start(UserScope owner, NewErasure erasure, Instant now) {
    BotId bot = erasure.bot();
    SourceId source = erasure.source();
    sql.update(
        """
        insert into erasures (id, tenant_id, owner_id, bot_id, source_id, kind, key_hash, started_at)
        values (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        erasure.id().value(),
        owner.tenant().value(),
        owner.user().value(),
        bot == null ? null : bot.value(),
        source == null ? null : source.value(),
        erasure.kind(),
        erasure.keyHash(),
        now);
  }

  @Override
  public void expect(UserScope owner, ErasureId id, int visit, Place place, long count) {
    insert("nothing", owner, id, visit, place, count);
  }

  @Override
  public void add(UserScope owner, ErasureId id, int visit, Place place, long count) {
    insert("update set count = r.count + excluded.count", owner, id, visit, place, count);
  }

  private void insert(
      String onConflict, UserScope owner, ErasureId id, int visit, Place place, long count) {
    GenerationId generation = place.generation();
    sql.update(
        INSERT + onConflict,
        visit,
        place.store(),
        index(place),
        generation == null ? null : generation.value(),
        count,
        id.value(),
        owner.tenant().value(),
        owner.user().value());
  }

  @Override
  public void confirm(UserScope owner, ErasureId id, int visit, Place place, Proof proof) {
    sql.inTransaction(() -> {
      expect(owner, id, visit, place, 0);
      return sql.update(
          """
          update erasure_removals r set evidence = ?, position = ?, at = ?, retained = ?
          from erasures e
          """
              + OWN
              + " and r.erasure_id = e.id and r.visit = ? and r.store = ? and r.index_id = ?",
          proof.evidence(),
          proof.position(),
          proof.at(),
          written(proof.retained()),
          id.value(),
          owner.tenant().value(),
          owner.user().value(),
          visit,
          place.store(),
          index(place));
    });
  }

  @Override
  public void removed(UserScope owner, ErasureId id, Instant now, Instant revisitAt) {
    sql.update(
        "update erasures e set state = 'removed', removed_at = ?, revisit_at = ?"
            + OWN
            + " and e.state = 'pending'",
        now,
        revisitAt,
        id.value(),
        owner.tenant().value(),
        owner.user().value());
  }

  @Override
  public void verified(UserScope owner, ErasureId id, Instant now) {
    sql.update(
        "update erasures e set state = 'verified', verified_at = ?"
            + OWN
            + " and e.state = 'removed'",
        now,
        id.value(),
        owner.tenant().value(),
        owner.user().value());
  }

  @Override
  public Optional<ErasureReceipt> find(UserScope owner, ErasureId id) {
    return sql.find(
        COLUMNS + OWN, this::receipt, id.value(), owner.tenant().value(), owner.user().value());
  }

  @Override
  public Optional<Keyed> findKeyed(ErasureId id) {
    return sql.find(
        COLUMNS + " where e.id = ? and e.key_hash is not null",
        row -> new Keyed(row.text("key_hash"), receipt(row)),
        id.value());
  }

  private ErasureReceipt receipt(Row row) throws SQLException {
    UUID bot = row.nullableUuid("bot_id");
    UUID source = row.nullableUuid("source_id");
    ErasureId id = new ErasureId(row.uuid("id"));
    return new ErasureReceipt(
        id,
        row.constant("kind", ErasureReceipt.Kind.class),
        bot == null ? null : new BotId(bot),
        source == null ? null : new SourceId(source),
        row.constant("state", ErasureReceipt.State.class),
        row.instant("started_at"),
        row.nullableInstant("removed_at"),
        row.nullableInstant("revisit_at"),
        row.nullableInstant("verified_at"),
        row.nullableText("waiting_for"),
        removals(id));
  }

  private List<Removal> removals(ErasureId id) {
    return sql.list(
        "select * from erasure_removals where erasure_id = ? order by visit, store, index_id",
        PostgresReceiptRepository::removal,
        id.value());
  }

  private static Removal removal(Row row) throws SQLException {
    UUID index = row.uuid("index_id");
    UUID generation = row.nullableUuid("generation_id");
    return new Removal(
        row.integer("visit"),
        new Place(
            row.constant("store", ErasureReceipt.Store.class),
            index.equals(NO_INDEX) ? null : index,
            generation == null ? null : new GenerationId(generation)),
        row.number("count"),
        row.constant("evidence", Evidence.class),
        row.nullableNumber("position"),
        row.nullableInstant("at"),
        read(row.text("retained")));
  }

  private static UUID index(Place place) {
    UUID index = place.index();
    return index == null ? NO_INDEX : index;
  }

  private static String written(Set<Retained> retained) {
    return retained.stream()
        .map(kept -> kept.name().toLowerCase(Locale.ROOT))
        .sorted()
        .collect(Collectors.joining(","));
  }

  private static Set<Retained> read(String written) {
    return Arrays.stream(written.split(",", -1))
        .filter(name -> !name.isEmpty())
        .map(name -> Retained.valueOf(name.toUpperCase(Locale.ROOT)))
        .collect(Collectors.toSet());
  }
}
