package io.parley.faults.check;

import io.parley.faults.ledger.Expectations;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * Checks the truths of the design in the stores of a server that is quiet: nothing is queued, and
 * its indexes have followed the log.
 */
public final class StoreCheck {
  private StoreCheck() {}

  /** Everything, of one server. */
  public static Findings of(Stores stores, Expectations expectations)
      throws SQLException, IOException {
    Findings findings = new Findings();
    try (Connection database = stores.connect()) {
      RowRules.check(database, findings);
      LogCheck.check(database, findings);
      new LedgerCheck(expectations, findings).check(database);
      Set<String> erased = LedgerCheck.erased(database, expectations);
      CanaryCheck.check(database, erased, findings);
      new BlobCheck(stores.blobs(), expectations, erased, findings).check(database);
      indexes(database, stores, erased, findings);
    }
    return findings;
  }

  private static void indexes(
      Connection database, Stores stores, Set<String> erased, Findings findings)
      throws SQLException, IOException {
    List<ServingChunk> serving = ServingChunk.of(database);
    long head = Rows.number(database, "select position from change_log_head");
    IndexCheck indexes = new IndexCheck(serving, erased, head, findings);
    indexes.vectors(stores.vectors());
    indexes.words(stores.words());
  }

  /**
   * Whether nothing is left to do: no work waits or runs, no version is on its way, and the
   * followers that are to be waited for have passed the whole log.
   *
   * @param followers how many servers' followers must be at the head, two a server
   */
  public static boolean isQuiet(Connection database, int followers) throws SQLException {
    return Rows.number(
                database,
                "select (select count(*) from jobs where state in ('queued', 'running'))"
                    + " + (select count(*) from source_versions v join sources s on s.id = v.source_id"
                    + " join bots b on b.id = s.bot_id where v.status in ('pending', 'processing')"
                    + " and s.tombstoned_at is null and b.tombstoned_at is null)")
            == 0
        && Rows.number(
                database,
                "select count(*) from followers where position ="
                    + " (select position from change_log_head)")
            >= followers;
  }
}
