package io.parley.testkit.memory;

import io.parley.domain.access.BotScope;
import io.parley.domain.account.TenantId;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.SourceType;
import io.parley.domain.document.VersionRef;
import io.parley.domain.transfer.ArchivedSource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A source as it is kept in memory. */
record KeptSource(
    SourceId id,
    TenantId tenant,
    BotId bot,
    SourceType type,
    @Nullable String slug,
    int lastVersion,
    int newestVersion,
    @Nullable Integer serving,
    Instant createdAt,
    boolean tombstoned) {

  static KeptSource document(SourceId id, BotScope scope, Instant now) {
    return new KeptSource(
        id, scope.tenant(), scope.bot(), SourceType.DOCUMENT, null, 1, 1, null, now, false);
  }

  static KeptSource of(ArchivedSource source, BotScope scope) {
    return new KeptSource(
        source.id(),
        scope.tenant(),
        scope.bot(),
        source.type(),
        source.slug(),
        source.lastVersion(),
        source.newestVersion(),
        null,
        source.createdAt(),
        false);
  }

  ArchivedSource archived() {
    return new ArchivedSource(
        id, bot, type, slug, lastVersion, newestVersion, serving, InMemoryDatabase.kept(createdAt));
  }

  boolean isIn(BotScope scope) {
    return tenant.equals(scope.tenant()) && bot.equals(scope.bot());
  }

  VersionRef newest() {
    return new VersionRef(id, newestVersion);
  }

  KeptSource withVersions(int last, int newest) {
    return new KeptSource(
        id, tenant, bot, type, slug, last, newest, serving, createdAt, tombstoned);
  }

  KeptSource serving(int version) {
    return new KeptSource(
        id, tenant, bot, type, slug, lastVersion, newestVersion, version, createdAt, tombstoned);
  }

  KeptSource gone() {
    return new KeptSource(
        id, tenant, bot, type, slug, lastVersion, newestVersion, serving, createdAt, true);
  }
}
