package io.parley.application.check;

import static io.parley.application.check.CheckFailed.unless;

import io.parley.domain.port.IdSource;
import io.parley.domain.port.Secret;
import io.parley.domain.port.persistence.DatabaseFacts;
import io.parley.domain.port.persistence.DatabaseFacts.Schema;
import io.parley.domain.port.persistence.InstanceSecrets;
import io.parley.domain.port.persistence.Persistence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tries a database; what it writes, it rolls back. */
public final class DatabaseProbe implements Probe {
  private static final Duration OPENING = Duration.ofMinutes(2);
  private static final Duration QUICK = Duration.ofSeconds(30);
  private static final int PINGS = 20;
  private static final int RESERVED = 3;

  private final Subject subject;
  private final String name;
  private final int atOnce;
  private final Duration patience;
  private final Supplier<OpenDatabase> opener;
  private @Nullable OpenDatabase opened;
  private boolean written;
  private boolean rolledBack = true;

  /** A database that is open. */
  public record OpenDatabase(Persistence persistence, Runnable closing) {}

  /** What is done to leave the transaction. */
  private static final class Undo extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Undo() {
      super("undo", null, false, false);
    }
  }

  /**
   * @param atOnce how many connections are tried together, at least 1
   * @param patience how long they may take to come
   */
  public DatabaseProbe(
      Subject subject, IdSource ids, int atOnce, Duration patience, Supplier<OpenDatabase> opener) {
    this.subject = subject;
    this.name = "check-" + ids.next();
    this.atOnce = atOnce;
    this.patience = patience;
    this.opener = opener;
  }

  @Override
  public Subject subject() {
    return subject;
  }

  @Override
  public List<Check> checks() {
    return List.of(
        Check.needed("connect", OPENING, this::connect),
        Check.of("latency", QUICK, this::latency),
        Check.of("version", QUICK, this::version),
        Check.of("migrations", QUICK, this::migrations),
        Check.of("write and read", QUICK, this::write),
        Check.of("roll back", QUICK, this::rollBack),
        Check.of("pool", QUICK, this::pool));
  }

  private Persistence persistence() {
    return Optional.ofNullable(opened)
        .orElseThrow(() -> new IllegalStateException("It is not open."))
        .persistence();
  }

  private DatabaseFacts facts() {
    return persistence().health().facts();
  }

  private Verdict connect() {
    opened = opener.get();
    persistence().health().ping();
    return Verdict.passed();
  }

  private Verdict latency() {
    Latencies latencies = new Latencies();
    for (int i = 0; i < PINGS; i++) {
      latencies.of(() -> {
        persistence().health().ping();
        return true;
      });
    }
    return Verdict.passed(latencies.toString());
  }

  private Verdict version() {
    DatabaseFacts facts = facts();
    unless(
        facts.major() >= facts.oldest(),
        "It is version "
            + facts.version()
            + ", and Parley needs "
            + facts.oldest()
            + " or newer. Upgrade the database.");
    return Verdict.passed(facts.version());
  }

  private Verdict migrations() {
    DatabaseFacts facts = facts();
    return switch (facts.schema()) {
      case CURRENT -> Verdict.passed("current");
      case BEHIND -> changeable(facts, "The next start of the server applies what is missing.");
      case MISSING -> changeable(facts, "The first start of the server makes the schema.");
      case STRANGE ->
          throw new CheckFailed(
              "The schema is not one that this version of Parley knows: it was changed by hand, or"
                  + " by a newer version.",
              "Start the version that it belongs to, or restore the database.");
    };
  }

  private static Verdict changeable(DatabaseFacts facts, String then) {
    if (!facts.mayChangeSchema()) {
      throw new CheckFailed(
          "The schema has to be made or changed, and the user of DATABASE_URL may not.",
          "Let its owner run: GRANT CREATE ON SCHEMA public TO that user.");
    }
    return Verdict.passed(then);
  }

  private Verdict write() {
    if (facts().schema() != Schema.CURRENT) {
      return Verdict.skipped("There is no current schema yet.");
    }
    written = true;
    List<Boolean> same = new ArrayList<>();
    try {
      persistence()
          .transactions()
          .run(() -> {
            same.clear();
            same.add(isReadBack(persistence().secrets()));
            throw new Undo();
          });
    } catch (Undo e) {
      unless(same.equals(List.of(true)), "What was written was not read back.");
      return Verdict.passed();
    }
    throw new CheckFailed("A transaction that failed ended well.");
  }

  private boolean isReadBack(InstanceSecrets secrets) {
    Secret value = new Secret(name);
    return secrets.getOrCreate(name, () -> value).reveal().equals(name)
        && secrets.getOrCreate(name, () -> new Secret("another")).reveal().equals(name)
        && secrets.available(name);
  }

  private Verdict rollBack() {
    if (!written) {
      return Verdict.skipped("Nothing was written.");
    }
    rolledBack = !persistence().secrets().available(name);
    unless(rolledBack, "What was rolled back is still there.");
    return Verdict.passed();
  }

  /** Each of the connections is held until all are there. */
  private Verdict pool() throws InterruptedException, ExecutionException {
    DatabaseFacts facts = facts();
    if (facts.poolSize() > facts.mostConnections() - RESERVED) {
      throw new CheckFailed(
          "Parley would hold up to "
              + facts.poolSize()
              + " connections, and the database allows "
              + facts.mostConnections()
              + " of all programs together.",
          "Lower PARLEY_DATABASE_POOL_SIZE, or raise max_connections.");
    }
    CountDownLatch together = new CountDownLatch(atOnce);
    List<FutureTask<Boolean>> holding = new ArrayList<>();
    for (int i = 0; i < atOnce; i++) {
      FutureTask<Boolean> task = new FutureTask<>(() -> hold(together));
      Thread.ofVirtual().name("parley-check-pool").start(task);
      holding.add(task);
    }
    for (FutureTask<Boolean> task : holding) {
      unless(
          held(task),
          atOnce + " connections at the same time were wanted, and not all of them came.");
    }
    return Verdict.passed(
        "%d at once, pool of %d; %d of %d in use"
            .formatted(atOnce, facts.poolSize(), facts.openConnections(), facts.mostConnections()));
  }

  private static boolean held(FutureTask<Boolean> task)
      throws InterruptedException, ExecutionException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  private boolean hold(CountDownLatch together) {
    return persistence()
        .transactions()
        .inTransaction(() -> {
          together.countDown();
          try {
            return together.await(patience.toMillis(), TimeUnit.MILLISECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
          }
        });
  }

  @Override
  public List<String> cleanUp() {
    if (opened == null) {
      return List.of();
    }
    try {
      return rolledBack ? List.of() : List.of("the row " + name + " of instance_secrets");
    } finally {
      opened.closing().run();
    }
  }
}
