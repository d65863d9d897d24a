package io.parley.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.account.TenantId;
import io.parley.domain.account.User;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.ErasureId;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.job.Job;
import io.parley.domain.job.JobId;
import io.parley.domain.job.JobKind;
import io.parley.domain.job.Lease;
import io.parley.domain.job.LeaseLostException;
import io.parley.domain.port.persistence.JobQueue;
import io.parley.domain.port.persistence.Persistence;
import io.parley.testkit.Scopes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every {@link JobQueue} does. Nobody else may use the queue under test. */
public abstract class JobQueueContract {

  private static final Instant NOW = BotKnowledge.NOW;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Set<JobKind> ALL = EnumSet.allOf(JobKind.class);

  /** The database under test. */
  protected abstract Persistence persistence();

  private JobQueue jobs() {
    return persistence().jobs();
  }

  @AfterEach
  void emptyQueue() {
    Instant end = NOW.plus(Duration.ofDays(1_000));
    Optional<Lease> lease = jobs().claim("cleaner", ALL, MINUTE, end);
    while (lease.isPresent()) {
      jobs().complete(lease.get(), end);
      lease = jobs().claim("cleaner", ALL, MINUTE, end);
    }
  }

  private User owner() {
    User user = People.someone();
    persistence().users().register(user);
    return user;
  }

  private static Job job(User owner) {
    return new Job(
        new JobId(UUID.randomUUID()),
        JobKind.INGEST,
        owner.tenant(),
        owner.id(),
        new BotId(UUID.randomUUID()),
        new SourceId(UUID.randomUUID()),
        1,
        null);
  }

  private Job added(User owner) {
    Job job = job(owner);
    jobs().add(job, NOW);
    return job;
  }

  private Optional<Lease> claim(Instant now) {
    return jobs().claim("worker", ALL, MINUTE, now);
  }

  private JobId claimed() {
    return claim(NOW).orElseThrow().job().id();
  }

  @Test
  void handsAJobOutWholeAndOnce() {
    Job job =
        new Job(
            new JobId(UUID.randomUUID()),
            JobKind.ERASE_BOT,
            owner().tenant(),
            owner().id(),
            new BotId(UUID.randomUUID()),
            null,
            null,
            new ErasureId(UUID.randomUUID()));
    jobs().add(job, NOW);

    Lease lease = claim(NOW).orElseThrow();

    assertThat(lease.job()).isEqualTo(job);
    assertThat(lease.attempt()).isEqualTo(1);
    assertThat(lease.expiresAt()).isEqualTo(NOW.plus(MINUTE));
    assertThat(claim(NOW)).isEmpty();
    assertThat(jobs().depth()).as("only documents are counted").isZero();
    assertThat(jobs().complete(lease, NOW)).isTrue();
    assertThat(jobs().complete(lease, NOW)).isFalse();
    assertThat(claim(NOW.plus(MINUTE).plus(MINUTE))).isEmpty();
  }

  @Test
  void waitsUntilAJobsTimeHasCome() {
    Job job = job(owner());
    jobs().add(job, NOW.plusSeconds(5));
    assertThat(claim(NOW.plusSeconds(4))).isEmpty();
    assertThat(claim(NOW.plusSeconds(5))).isPresent();
  }

  @Test
  void handsOutOnlyTheKindsAskedFor() {
    added(owner());
    assertThat(jobs().claim("worker", EnumSet.of(JobKind.ERASE_BOT), MINUTE, NOW)).isEmpty();
    assertThat(jobs().claim("worker", EnumSet.noneOf(JobKind.class), MINUTE, NOW)).isEmpty();
    assertThat(jobs().claim("worker", EnumSet.of(JobKind.INGEST), MINUTE, NOW)).isPresent();
  }

  @Test
  void takesOwnersInTurnAndTheirJobsInOrder() {
    User ada = owner();
    User bob = owner();
    List<JobId> adas = IntStream.range(0, 3).mapToObj(i -> added(ada).id()).toList();
    List<JobId> bobs = IntStream.range(0, 2).mapToObj(i -> added(bob).id()).toList();

    assertThat(List.of(claimed(), claimed(), claimed(), claimed(), claimed()))
        .containsExactly(adas.get(0), bobs.get(0), adas.get(1), bobs.get(1), adas.get(2));
  }

  @Test
  void letsTenThousandJobsOfOneOwnerNotStarveAnothersOne() {
    User hoarder = owner();
    Job one = job(owner());
    List<JobId> next = new ArrayList<>();

    rolledBack(() -> {
      IntStream.range(0, 10_000).forEach(i -> jobs().add(job(hoarder), NOW));
      next.add(claimed());
      jobs().add(one, NOW);
      next.add(claimed());
      next.add(claimed());
    });

    assertThat(next.subList(1, 3)).contains(one.id());
  }

  private void rolledBack(Runnable work) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() ->
            persistence()
                .transactions()
                .run(() -> {
                  work.run();
                  throw new IllegalArgumentException("rolled back");
                }));
  }

  @Test
  void runsEachJobOnceHoweverManyWorkersAsk() {
    List<User> owners = List.of(owner(), owner(), owner());
    List<JobId> added =
        IntStream.range(0, 60).mapToObj(i -> added(owners.get(i % 3)).id()).toList();

    List<List<JobId>> done = Together.run(8, this::drain);

    assertThat(done.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(added);
  }

  @Test
  void servesTwoOwnersWhenTwoAskAtTheSameTime() {
    for (int round = 0; round < 20; round++) {
      User ada = owner();
      User bob = owner();
      added(ada);
      added(ada);
      added(bob);

      List<Lease> leases = Together.run(2, () -> claim(NOW).orElseThrow());

      assertThat(leases)
          .extracting(lease -> lease.job().owner())
          .containsExactlyInAnyOrder(ada.id(), bob.id());
      leases.forEach(lease -> jobs().complete(lease, NOW));
      emptyQueue();
    }
  }

  @Test
  void servesAnOwnerAsOftenAsWorkersAskWhenNobodyElseWaits() {
    User owner = owner();
    IntStream.range(0, 4).forEach(i -> added(owner));
    assertThat(Together.run(4, () -> claim(NOW))).allMatch(Optional::isPresent);
  }

  private List<JobId> drain() {
    List<JobId> done = new ArrayList<>();
    for (Optional<Lease> lease = claim(NOW); lease.isPresent(); lease = claim(NOW)) {
      assertThat(jobs().complete(lease.get(), NOW)).isTrue();
      done.add(lease.get().job().id());
    }
    return done;
  }

  @Test
  void givesAnExpiredLeaseToTheNextWithANewToken() {
    added(owner());
    Lease first = claim(NOW).orElseThrow();
    assertThat(jobs().renew(first, MINUTE, NOW.plusSeconds(30))).isTrue();
    assertThat(claim(NOW.plusSeconds(89))).isEmpty();

    Lease second = claim(NOW.plusSeconds(90)).orElseThrow();

    assertThat(second.job()).isEqualTo(first.job());
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(second.token()).isNotEqualTo(first.token());
    assertLost(first);
    jobs().fence(second);
  }

  @Test
  void letsAWorkerThatLostItsLeaseChangeNothing() {
    BotKnowledge bot = BotKnowledge.in(persistence());
    VersionRef ref = bot.add("a.txt").ref();
    added(owner());
    Lease lost = claim(NOW).orElseThrow();
    Lease held = claim(NOW.plus(MINUTE)).orElseThrow();

    assertThatExceptionOfType(LeaseLostException.class)
        .isThrownBy(() ->
            persistence()
                .transactions()
                .run(() -> {
                  persistence().ingestion().fail(bot.scope(), ref, "late", NOW);
                  jobs().fence(lost);
                }));

    assertThat(persistence().ingestion().find(bot.scope(), ref)).isPresent();
    assertThat(jobs().complete(held, NOW)).isTrue();
  }

  private void assertLost(Lease lease) {
    assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> jobs().fence(lease));
    assertThat(jobs().renew(lease, MINUTE, NOW)).isFalse();
    assertThat(jobs().complete(lease, NOW)).isFalse();
    assertThat(jobs().retryLater(lease, NOW, "late")).isFalse();
    assertThat(jobs().handBack(lease, NOW)).isFalse();
    assertThat(jobs().giveWay(lease, NOW)).isFalse();
    assertThat(jobs().forgetAttempts(lease)).isFalse();
    assertThat(jobs().fail(lease, "late", NOW)).isFalse();
  }

  @Test
  void putsAJobBackForLater() {
    added(owner());
    Lease lease = claim(NOW).orElseThrow();
    assertThat(jobs().retryLater(lease, NOW.plusSeconds(10), "Busy.")).isTrue();

    assertLost(lease);
    assertThat(claim(NOW.plusSeconds(9))).isEmpty();
    assertThat(claim(NOW.plusSeconds(10)).orElseThrow().attempt()).isEqualTo(2);
  }

  @Test
  void aJobThatIsHandedBackWasNotTried() {
    added(owner());
    Lease lease = claim(NOW).orElseThrow();
    assertThat(jobs().handBack(lease, NOW)).isTrue();

    assertLost(lease);
    assertThat(claim(NOW).orElseThrow().attempt()).isEqualTo(1);
  }

  @Test
  void saysWhetherAnotherOwnerCouldBeServed() {
    User ada = owner();
    added(ada);
    added(ada);
    Lease adas = claim(NOW).orElseThrow();
    assertThat(jobs().othersWait(adas, NOW)).as("only her own").isFalse();

    jobs().add(job(owner()), NOW.plusSeconds(5));
    assertThat(jobs().othersWait(adas, NOW.plusSeconds(4))).as("not yet").isFalse();
    assertThat(jobs().othersWait(adas, NOW.plusSeconds(5))).isTrue();
  }

  @Test
  void anotherOwnerWhoIsServedOrWantsSomethingElseDoesNotWait() {
    added(owner());
    added(owner());
    Lease first = claim(NOW).orElseThrow();
    Lease second = claim(NOW).orElseThrow();
    assertThat(jobs().othersWait(first, NOW)).as("served").isFalse();
    assertThat(jobs().othersWait(first, second.expiresAt())).as("left by its worker").isTrue();

    jobs().complete(second, NOW);
    jobs().add(erasure(owner()), NOW);
    assertThat(jobs().othersWait(first, NOW)).as("another kind").isFalse();
  }

  private static Job erasure(User owner) {
    return new Job(
        new JobId(UUID.randomUUID()),
        JobKind.ERASE_BOT,
        owner.tenant(),
        owner.id(),
        new BotId(UUID.randomUUID()),
        null,
        null,
        new ErasureId(UUID.randomUUID()));
  }

  @Test
  void aJobThatGivesWayComesAfterTheOtherOwnersAndBeforeTheOwnersNext() {
    User ada = owner();
    Job huge = added(ada);
    Job next = added(ada);
    Lease lease = claim(NOW).orElseThrow();
    Job bobs = added(owner());
    Job cleos = added(owner());

    assertThat(jobs().giveWay(lease, NOW.plusSeconds(9))).isTrue();

    assertLost(lease);
    assertThat(List.of(claimed(), claimed())).containsExactly(bobs.id(), cleos.id());
    Lease again = claim(NOW).orElseThrow();
    assertThat(again.job()).isEqualTo(huge);
    assertThat(again.attempt()).isEqualTo(1);
    assertThat(claimed()).isEqualTo(next.id());
  }

  @Test
  void attemptsAreForgottenOnceSomethingWasKept() {
    added(owner());
    jobs().retryLater(claim(NOW).orElseThrow(), NOW, "Busy.");
    Lease second = claim(NOW).orElseThrow();
    assertThat(second.attempt()).isEqualTo(2);

    assertThat(jobs().forgetAttempts(second)).isTrue();

    jobs().fence(second);
    assertThat(jobs().retryLater(second, NOW, "Busy.")).isTrue();
    assertThat(claim(NOW).orElseThrow().attempt()).isEqualTo(2);
  }

  @Test
  void countsTheDocumentsThatWaitOrRunForEachOwner() {
    User ada = owner();
    Job first = added(ada);
    Job second = added(ada);
    added(ada);
    Job bobs = added(owner());
    BotScope adas = scope(first);
    assertThat(jobs().depth(adas)).isEqualTo(3);
    assertThat(jobs().depth(scope(bobs))).isEqualTo(1);
    assertThat(jobs().depth()).isEqualTo(4);

    Lease running = claim(NOW).orElseThrow();
    jobs().retryLater(running, NOW, "Busy.");
    jobs().giveWay(claim(NOW).orElseThrow(), NOW);
    jobs().handBack(claim(NOW).orElseThrow(), NOW);
    assertThat(jobs().depth(adas)).as("nothing has ended").isEqualTo(3);

    assertThat(jobs().cancel(scope(second), about(second))).isTrue();
    assertThat(jobs().depth(adas)).isEqualTo(2);
    rolledBack(() -> jobs().add(job(ada), NOW));
    assertThat(jobs().depth(adas)).isEqualTo(2);
    jobs().fail(claim(NOW).orElseThrow(), "Broken.", NOW);
    jobs().fail(running, "late", NOW);
    jobs().complete(claim(NOW).orElseThrow(), NOW);
    assertThat(jobs().depth()).isEqualTo(1);
  }

  @Test
  void countsOnlyTheOwnersOwnForThoseWhoMayWrite() {
    Job job = added(owner());
    BotScope otherTenant =
        Scopes.owned(
            new TenantId(UUID.randomUUID()), job.owner(), Objects.requireNonNull(job.bot()));
    assertThat(jobs().depth(otherTenant)).isZero();
    BotScope reading = Scopes.withOnly(scope(job), Permission.READ, Permission.ASK);
    assertThatIllegalStateException().isThrownBy(() -> jobs().depth(reading));
  }

  @Test
  void givesAJobUp() {
    added(owner());
    Lease lease = claim(NOW).orElseThrow();
    assertThat(jobs().fail(lease, "Broken.", NOW)).isTrue();
    assertLost(lease);
    assertThat(claim(NOW.plus(MINUTE.multipliedBy(9)))).isEmpty();
    assertThat(jobs().depth()).isZero();
  }

  @Test
  void cancelsWaitingAndRunningWorkOnAVersion() {
    Job running = added(owner());
    Lease lease = claim(NOW).orElseThrow();
    Job waiting = added(owner());

    assertThat(jobs().cancel(scope(running), about(running))).isTrue();
    assertThat(jobs().cancel(scope(waiting), about(waiting))).isTrue();
    assertThat(jobs().cancel(scope(waiting), about(waiting))).isFalse();

    assertLost(lease);
    assertThat(claim(NOW.plus(MINUTE.multipliedBy(9)))).isEmpty();
  }

  @Test
  void cancelsNothingInAForeignScopeOrWithoutThePermission() {
    Job job = added(owner());
    BotScope own = scope(job);
    BotScope otherTenant =
        Scopes.owned(
            new TenantId(UUID.randomUUID()), job.owner(), Objects.requireNonNull(job.bot()));
    BotScope otherBot = Scopes.owned(job.tenant(), job.owner(), new BotId(UUID.randomUUID()));
    BotScope reading = Scopes.withOnly(own, Permission.READ, Permission.ASK);

    assertThat(jobs().cancel(otherTenant, about(job))).isFalse();
    assertThat(jobs().cancel(otherBot, about(job))).isFalse();
    assertThatIllegalStateException().isThrownBy(() -> jobs().cancel(reading, about(job)));

    assertThat(claimed()).isEqualTo(job.id());
  }

  private static BotScope scope(Job job) {
    return Scopes.owned(job.tenant(), job.owner(), Objects.requireNonNull(job.bot()));
  }

  private static VersionRef about(Job job) {
    SourceId source = job.source();
    Integer version = job.version();
    if (source == null || version == null) {
      throw new IllegalArgumentException("Not about a version.");
    }
    return new VersionRef(source, version);
  }

  @Test
  void queuesNothingWhenTheTransactionFails() {
    User owner = owner();
    rolledBack(() -> jobs().add(job(owner), NOW));
    assertThat(claim(NOW)).isEmpty();
    assertThat(jobs().depth()).isZero();
  }
}
