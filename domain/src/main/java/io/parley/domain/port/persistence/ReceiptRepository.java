package io.parley.domain.port.persistence;

import io.parley.domain.access.UserScope;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.ErasureId;
import io.parley.domain.document.SourceId;
import io.parley.domain.erasure.ErasureReceipt;
import io.parley.domain.erasure.ErasureReceipt.Evidence;
import io.parley.domain.erasure.ErasureReceipt.Place;
import io.parley.domain.erasure.Retained;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Receipts of erasures. The scope is that of the user whose things are erased; in another scope a
 * receipt is not there, and changing it changes nothing.
 */
public interface ReceiptRepository {

  /**
   * An erasure that begins.
   *
   * @param keyHash hexadecimal SHA-256 of the key that opens the receipt when its owner is gone
   */
  record NewErasure(
      ErasureId id,
      ErasureReceipt.Kind kind,
      @Nullable BotId bot,
      @Nullable SourceId source,
      @Nullable String keyHash) {}

  /** How a removal is known. */
  record Proof(Evidence evidence, @Nullable Long position, Instant at, Set<Retained> retained) {
    public Proof {
      retained = Set.copyOf(retained);
    }
  }

  /** A receipt that a key opens. */
  record Keyed(String keyHash, ErasureReceipt receipt) {}

  /** Starts a receipt, {@code PENDING} and without removals. */
  void start(UserScope owner, NewErasure erasure, Instant now);

  /**
   * Says how much a place holds before it is removed there. The first count stands: asked again
   * after a crash, the place may hold less.
   */
  void expect(UserScope owner, ErasureId id, int visit, Place place, long count);

  /** Counts what the transaction at hand removes. */
  void add(UserScope owner, ErasureId id, int visit, Place place, long count);

  /** Says how the removal from a place is known. A later proof replaces an earlier one. */
  void confirm(UserScope owner, ErasureId id, int visit, Place place, Proof proof);

  /** From {@code PENDING} to {@code REMOVED}. */
  void removed(UserScope owner, ErasureId id, Instant now, Instant revisitAt);

  /** From {@code REMOVED} to {@code VERIFIED}. */
  void verified(UserScope owner, ErasureId id, Instant now);

  Optional<ErasureReceipt> find(UserScope owner, ErasureId id);

  /** Takes no scope: the key is the credential, and the caller compares it. */
  Optional<Keyed> findKeyed(ErasureId id);
}
