package io.parley.testkit.memory;

import io.parley.domain.access.Access;
import io.parley.domain.access.Actor;
import io.parley.domain.access.UserScope;
import io.parley.domain.account.TenantId;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.Bot;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.ErasureId;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.Step;
import io.parley.domain.document.VersionRef;
import io.parley.domain.erasure.ErasureReceipt;
import io.parley.domain.erasure.ErasureReceipt.Kind;
import io.parley.domain.job.Job;
import io.parley.domain.job.JobId;
import io.parley.domain.job.JobKind;
import io.parley.domain.port.persistence.Inspection.Flaw;
import io.parley.domain.port.persistence.Inspection.FlawKind;
import io.parley.domain.port.persistence.JobQueue;
import io.parley.domain.port.persistence.ReceiptRepository.NewErasure;
import io.parley.domain.retrieval.LogEntry;
import io.parley.testkit.memory.InMemoryDatabase.KeptBot;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows that do not fit together, found and repaired inside of a transaction. */
final class InMemoryFlaws {

  private final InMemoryKnowledge knowledge;
  private final JobQueue jobs;

  InMemoryFlaws(InMemoryKnowledge knowledge, JobQueue jobs) {
    this.knowledge = knowledge;
    this.jobs = jobs;
  }

  Stream<String> find(FlawKind kind) {
    return switch (kind) {
      case STUCK_VERSION ->
          living().filter(v -> !isEmbedded(v) && !isQueued(v.ref())).map(v -> row(v.ref()));
      case UNANNOUNCED_VERSION ->
          living().filter(v -> isEmbedded(v) && !isAnnounced(v)).map(v -> row(v.ref()));
      case JOB_WITHOUT_VERSION ->
          jobs()
              .filter(kept -> kept.state() == KeptJob.State.QUEUED)
              .map(KeptJob::job)
              .filter(job -> job.kind() == JobKind.INGEST && !hasVersion(job))
              .map(job -> job.id().toString());
      case UNFINISHED_ERASURE -> Stream.concat(erasedSources(), erasedBots());
      case STRAY_EMBEDDING ->
          knowledge
              .embeddings
              .values()
              .filter(e -> knowledge.chunks.get(e.chunk()).isEmpty())
              .map(e -> e.chunk() + "/" + e.model().name());
      case STRAY_CHUNK ->
          knowledge
              .chunks
              .values()
              .filter(chunk -> knowledge.versions.get(chunk.ref()).isEmpty())
              .map(chunk -> chunk.id().toString());
      case STRAY_PAGE ->
          knowledge
              .pages
              .entries()
              .map(entry -> entry.getKey())
              .filter(page -> knowledge.versions.get(page.ref()).isEmpty())
              .map(page -> row(page.ref()) + "/" + page.number());
    };
  }

  private static String row(VersionRef ref) {
    return ref.source() + "/" + ref.version();
  }

  private Stream<KeptVersion> living() {
    return knowledge
        .versions
        .values()
        .filter(v -> !v.hasEnded() && !knowledge.isErased(v.ref().source()));
  }

  private static boolean isEmbedded(KeptVersion version) {
    return version.progress().step().reached(Step.EMBEDDED);
  }

  private boolean isAnnounced(KeptVersion version) {
    Long position = version.logPosition();
    return position != null
        && knowledge
            .log
            .get(position)
            .filter(entry -> entry.change() == LogEntry.Change.VERSION_ADDED)
            .filter(entry -> entry.source().equals(version.ref().source()))
            .isPresent();
  }

  private Stream<KeptJob> jobs() {
    return knowledge.jobs.values().filter(job -> job.state() != KeptJob.State.ENDED);
  }

  private boolean isQueued(VersionRef ref) {
    return jobs()
        .map(KeptJob::job)
        .anyMatch(job ->
            job.kind() == JobKind.INGEST
                && ref.source().equals(job.source())
                && Integer.valueOf(ref.version()).equals(job.version()));
  }

  private boolean hasVersion(Job job) {
    SourceId source = job.source();
    Integer version = job.version();
    return source != null
        && version != null
        && knowledge.versions.get(new VersionRef(source, version)).isPresent();
  }

  private Stream<String> erasedSources() {
    return knowledge
        .sources
        .values()
        .filter(KeptSource::tombstoned)
        .filter(source -> !isErased(source.bot()) && hasRows(source))
        .filter(source -> !isErasing(source.bot(), source.id()))
        .map(source -> "source " + source.id());
  }

  private Stream<String> erasedBots() {
    return knowledge
        .database
        .bots
        .values()
        .filter(KeptBot::tombstoned)
        .map(kept -> kept.bot().id())
        .filter(bot -> knowledge.sources.values().anyMatch(s -> s.bot().equals(bot) && hasRows(s)))
        .filter(bot -> !isErasing(bot, null))
        .map(bot -> "bot " + bot);
  }

  private boolean isErased(BotId bot) {
    return knowledge.database.bots.get(bot).filter(KeptBot::tombstoned).isPresent();
  }

  private boolean hasRows(KeptSource source) {
    return knowledge.versions.first(v -> v.ref().source().equals(source.id())).isPresent();
  }

  private boolean isErasing(BotId bot, @Nullable SourceId source) {
    return jobs()
        .map(KeptJob::job)
        .filter(job -> job.kind() != JobKind.INGEST && isOf(job, bot))
        .anyMatch(job -> job.source() == null || job.source().equals(source));
  }

  private boolean isOf(Job job, BotId bot) {
    return job.bot() == null
        ? knowledge
            .database
            .bots
            .get(bot)
            .filter(b -> b.bot().owner().equals(job.owner()))
            .isPresent()
        : job.bot().equals(bot);
  }

  boolean repair(Flaw flaw, Instant now) {
    String[] parts = flaw.row().split("[/ ]", -1);
    switch (flaw.kind()) {
      case STUCK_VERSION -> takeIn(ref(parts), now);
      case UNANNOUNCED_VERSION -> announce(ref(parts));
      case JOB_WITHOUT_VERSION -> knowledge.jobs.remove(new JobId(UUID.fromString(parts[0])));
      case UNFINISHED_ERASURE -> erase(parts[0], UUID.fromString(parts[1]), now);
      case STRAY_EMBEDDING ->
          knowledge.embeddings.removeIf(e -> e.chunk().toString().equals(parts[0]));
      case STRAY_CHUNK -> knowledge.chunks.removeIf(c -> c.id().toString().equals(parts[0]));
      case STRAY_PAGE ->
          knowledge
              .pages
              .entries()
              .map(entry -> entry.getKey())
              .filter(page -> page.ref().equals(ref(parts)))
              .toList()
              .forEach(knowledge.pages::remove);
    }
    return true;
  }

  private static VersionRef ref(String[] parts) {
    return new VersionRef(new SourceId(UUID.fromString(parts[0])), Integer.parseInt(parts[1]));
  }

  private void takeIn(VersionRef ref, Instant now) {
    BotId bot = knowledge.sources.get(ref.source()).orElseThrow().bot();
    queue(JobKind.INGEST, bot, ref.source(), ref.version(), null, now);
  }

  private void announce(VersionRef ref) {
    KeptSource source = knowledge.sources.get(ref.source()).orElseThrow();
    LogEntry entry =
        knowledge.append(
            LogEntry.Change.VERSION_ADDED,
            source.tenant(),
            source.bot(),
            source.id(),
            ref.version());
    KeptVersion version = knowledge.versions.get(ref).orElseThrow();
    knowledge.versions.put(ref, version.announced(entry.position()));
  }

  private void erase(String what, UUID id, Instant now) {
    SourceId source = what.equals("bot") ? null : new SourceId(id);
    BotId bot = source == null ? new BotId(id) : knowledge.sources.get(source).orElseThrow().bot();
    JobKind kind = source == null ? JobKind.ERASE_BOT : JobKind.ERASE_SOURCE;
    queue(kind, bot, source, null, erasure(bot, source, now), now);
  }

  private ErasureId erasure(BotId bot, @Nullable SourceId source, Instant now) {
    return knowledge
        .receipts
        .first(kept -> isOpen(kept.receipt(), bot, source))
        .map(kept -> kept.receipt().id())
        .orElseGet(() -> start(bot, source, now));
  }

  private static boolean isOpen(ErasureReceipt receipt, BotId bot, @Nullable SourceId source) {
    return receipt.state() != ErasureReceipt.State.VERIFIED
        && bot.equals(receipt.bot())
        && Objects.equals(receipt.source(), source);
  }

  private ErasureId start(BotId bot, @Nullable SourceId source, Instant now) {
    ErasureId id = new ErasureId(UUID.randomUUID());
    Kind kind = source == null ? Kind.BOT : Kind.DOCUMENT;
    Bot of = knowledge.database.bots.get(bot).orElseThrow().bot();
    UserScope owner = Access.own(Actor.Person.of(of.tenant(), of.owner(), false));
    new InMemoryReceiptRepository(knowledge)
        .start(owner, new NewErasure(id, kind, bot, source, null), now);
    return id;
  }

  private void queue(
      JobKind kind,
      BotId bot,
      @Nullable SourceId source,
      @Nullable Integer version,
      @Nullable ErasureId erasure,
      Instant now) {
    KeptBot kept = knowledge.database.bots.get(bot).orElseThrow();
    TenantId tenant = kept.bot().tenant();
    UserId owner = kept.bot().owner();
    JobId id = new JobId(UUID.randomUUID());
    Job job = new Job(id, kind, tenant, owner, bot, source, version, erasure);
    jobs.add(job, now);
  }
}
