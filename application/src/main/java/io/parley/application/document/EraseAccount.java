package io.parley.application.document;

import io.parley.application.background.WorkSignal;
import io.parley.domain.access.Access;
import io.parley.domain.access.Actor;
import io.parley.domain.access.BotGrant;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.access.UserScope;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.ErasureId;
import io.parley.domain.erasure.ErasureReceipt;
import io.parley.domain.erasure.ErasureReceipt.Place;
import io.parley.domain.erasure.ErasureReceipt.Store;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.Secret;
import io.parley.domain.port.persistence.AccountErasureRepository;
import io.parley.domain.port.persistence.AccountErasureRepository.Closing;
import io.parley.domain.port.persistence.ErasureRepository;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.port.persistence.ReceiptRepository;
import io.parley.domain.port.persistence.ReceiptRepository.NewErasure;
import io.parley.domain.port.persistence.Transactions;
import java.time.InstantSource;

/**
 * Begins the erasure of an account: when it returns, nobody can log in to it, its names are free,
 * its bots and conversations are gone, and what others were answered from them is blank; a job
 * removes the rest.
 */
public final class EraseAccount {
  private final AccountErasureRepository accounts;
  private final ErasureRepository erasures;
  private final ReceiptRepository receipts;
  private final JobScheduler jobs;
  private final Transactions transactions;
  private final WorkSignal signal;
  private final IdSource ids;
  private final InstantSource clock;

  /** What became of it. */
  public sealed interface Result {
    /** Begun; the key, shown this once, opens the receipt when nobody can log in any more. */
    record Begun(ErasureId erasure, Secret receiptKey) implements Result {}

    /** Nobody else could do what staff must. */
    record LastOfStaff() implements Result {}

    record Gone() implements Result {}
  }

  EraseAccount(
      Persistence persistence,
      JobScheduler jobs,
      WorkSignal signal,
      IdSource ids,
      InstantSource clock) {
    this.accounts = persistence.accountErasures();
    this.erasures = persistence.erasures();
    this.receipts = persistence.receipts();
    this.transactions = persistence.transactions();
    this.jobs = jobs;
    this.signal = signal;
    this.ids = ids;
    this.clock = clock;
  }

  /** Erases the caller's own account. */
  public Result erase(Actor.Person person) {
    Secret key = ReceiptKey.make();
    ErasureId id = new ErasureId(ids.next());
    Closing closing = transactions.inTransaction(() -> begin(person, id, key));
    return switch (closing) {
      case Closing.Closed _ -> {
        signal.raise();
        yield new Result.Begun(id, key);
      }
      case Closing.LastOfStaff _ -> new Result.LastOfStaff();
      case Closing.Gone _ -> new Result.Gone();
    };
  }

  private Closing begin(Actor.Person person, ErasureId id, Secret key) {
    UserScope scope = Access.own(person);
    Closing closing = accounts.close(scope, clock.instant());
    if (closing instanceof Closing.Closed closed) {
      receipts.start(
          scope,
          new NewErasure(id, ErasureReceipt.Kind.ACCOUNT, null, null, ReceiptKey.hash(key)),
          clock.instant());
      add(scope, id, Store.ACCOUNT, closed.rows());
      add(scope, id, Store.ANSWERS, blankAnswers(person, scope));
      jobs.eraseAccount(scope, id);
    }
    return closing;
  }

  private void add(UserScope scope, ErasureId id, Store store, long count) {
    receipts.add(scope, id, ErasureReceipt.FIRST, Place.of(store), count);
  }

  private long blankAnswers(Actor.Person person, UserScope scope) {
    return accounts.bots(scope, Integer.MAX_VALUE).stream()
        .mapToLong(bot -> erasures.blankAnswersOfBot(own(person, bot)))
        .sum();
  }

  private static BotScope own(Actor.Person person, BotId bot) {
    Actor.Person whole = Actor.Person.of(person.tenant(), person.user(), person.staff());
    BotGrant grant = new BotGrant(bot, person.tenant(), person.user(), false);
    return switch (Access.check(whole, grant, Permission.WRITE)) {
      case Access.Decision.Granted granted -> granted.scope();
      case Access.Decision.Forbidden _, Access.Decision.Hidden _ ->
          throw new IllegalStateException("Everybody may erase a bot of their own.");
    };
  }
}
