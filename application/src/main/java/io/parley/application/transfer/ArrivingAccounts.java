package io.parley.application.transfer;

import io.parley.domain.account.User;
import io.parley.domain.account.UserId;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.port.persistence.Transfer;
import io.parley.domain.transfer.Identity;
import io.parley.domain.transfer.Selection;
import io.parley.domain.transfer.Tenant;
import java.util.HashSet;
import java.util.Set;

/**
 * Accounts on their way in, all in one transaction, so that an account is here with its identities
 * or not at all. An archive adds no way to log in to an account that it did not bring, and the
 * archive of one bot brings nobody who may administer this installation.
 */
final class ArrivingAccounts {
  private final Persistence persistence;
  private final Transfer transfer;
  private final boolean withStaff;
  private final Set<UserId> added = new HashSet<>();
  private long there;

  ArrivingAccounts(Persistence persistence, Selection selection) {
    this.persistence = persistence;
    this.transfer = persistence.transfer();
    this.withStaff = selection instanceof Selection.Everything;
  }

  void add(Runnable lines) {
    FirstAttempt first = new FirstAttempt();
    persistence
        .transactions()
        .run(() -> {
          first.require();
          lines.run();
        });
  }

  void add(Tenant tenant) {
    transfer.add(tenant);
  }

  void add(User user) {
    if (transfer.add(withStaff ? user : user.withoutStaff())) {
      added.add(user.id());
    } else {
      there++;
    }
  }

  void add(Identity identity) {
    if (added.contains(identity.user())) {
      transfer.add(identity);
    }
  }

  long count() {
    return added.size();
  }

  long there() {
    return there;
  }
}
