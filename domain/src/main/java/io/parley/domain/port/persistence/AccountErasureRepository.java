package io.parley.domain.port.persistence;

import io.parley.domain.access.UserScope;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.ErasureId;
import java.time.Instant;
import java.util.List;

/** What has to go with a user, beside what belongs to a bot. */
public interface AccountErasureRepository {

  /** What became of closing an account. */
  sealed interface Closing {

    /**
     * Closed.
     *
     * @param rows removed with it at once
     */
    record Closed(long rows) implements Closing {}

    /** The only active member of staff: nobody else could do what staff must. */
    record LastOfStaff() implements Closing {}

    record Gone() implements Closing {}
  }

  /**
   * Ends an account at once: the user is inactive and has neither names, e-mail nor password any
   * more, so that these are free again; tokens, outside identities, the user's own conversations
   * and kept answers are removed; every bot is tombstoned with its sources. Nothing of a user that
   * is not closed is changed.
   */
  Closing close(UserScope scope, Instant now);

  /** The user's bots that have rows, tombstoned ones too, by id; at most {@code limit}. */
  List<BotId> bots(UserScope scope, int limit);

  /**
   * Removes what a request that was under way when the account was closed has left: conversations,
   * kept answers, tokens, and bots, which are tombstoned.
   *
   * @return how many rows
   */
  long removeLate(UserScope scope, Instant now);

  /**
   * Removes the closed user's last rows: bots without sources, work that ended, receipts of earlier
   * erasures, the user, and the tenant when nobody else is in it. The receipt given stays, and
   * loses its owner.
   *
   * @return how many rows
   */
  long remove(UserScope scope, ErasureId receipt);
}
