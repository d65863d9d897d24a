package io.parley.faults.check;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The log is dense, says what serves when it is replayed, and no follower is beyond it. */
final class LogCheck {
  private LogCheck() {}

  private record Entry(long position, String change, String source, @Nullable Integer version) {
    String ref() {
      return source + " v" + version;
    }
  }

  static void check(Connection database, Findings findings) throws SQLException {
    List<Entry> log =
        Rows.of(
            database,
            "select position, change, source_id::text, version from change_log order by position",
            row ->
                new Entry(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    row.getObject(4, Integer.class)));
    dense(database, log, findings);
    replay(database, log, findings);
    followers(database, findings);
    findings.count("log entries", log.size());
  }

  private static void dense(Connection database, List<Entry> log, Findings findings)
      throws SQLException {
    long expected = 1;
    for (Entry entry : log) {
      if (entry.position() != expected) {
        findings.violation("the log has a hole", expected + " to " + (entry.position() - 1));
        expected = entry.position();
      }
      expected++;
    }
    long head = Rows.number(database, "select position from change_log_head");
    if (head != expected - 1) {
      findings.violation("the log's head is wrong", head + " after " + (expected - 1));
    }
  }

  private static void replay(Connection database, List<Entry> log, Findings findings)
      throws SQLException {
    Set<String> announced = new HashSet<>();
    for (Entry entry : log) {
      switch (entry.change()) {
        case "version_added" -> announced.add(entry.ref());
        case "version_removed" -> announced.remove(entry.ref());
        default -> announced.removeIf(ref -> ref.startsWith(entry.source() + " "));
      }
    }
    Set<String> serving =
        new HashSet<>(
            Rows.texts(
                database,
                "select s.id || ' v' || s.serving_version from sources s join bots b on b.id = s.bot_id"
                    + " where s.serving_version is not null and s.tombstoned_at is null"
                    + " and b.tombstoned_at is null"));
    Set<String> unannounced = new HashSet<>(serving);
    unannounced.removeAll(announced);
    unannounced.forEach(ref -> findings.violation("the log lacks a serving version", ref));
    announced.removeAll(serving);
    announced.forEach(
        ref -> findings.violation("the log keeps a version that does not serve", ref));
  }

  private static void followers(Connection database, Findings findings) throws SQLException {
    Rows.texts(
            database,
            "select f.name || ' at ' || f.position from followers f where f.position >"
                + " (select position from change_log_head) or (f.position > 0 and not exists"
                + " (select from change_log l where l.position = f.position and l.id = f.entry_id))")
        .forEach(found -> findings.violation("a follower stands where the log is not", found));
    findings.count("followers", Rows.number(database, "select count(*) from followers"));
  }
}
