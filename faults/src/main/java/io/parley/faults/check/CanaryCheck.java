package io.parley.faults.check;

import io.parley.faults.ledger.Canary;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;

/** No word of what was erased stands in any row of any table. */
final class CanaryCheck {
  private CanaryCheck() {}

  static void check(Connection database, Set<String> erased, Findings findings)
      throws SQLException {
    for (String table : tables(database)) {
      for (String row : Rows.texts(database, "select t::text from " + table + " t")) {
        Matcher canary = Canary.PATTERN.matcher(row);
        while (canary.find()) {
          if (erased.contains(canary.group())) {
            findings.violation("an erased word is in the table " + table, canary.group());
          }
        }
      }
    }
    findings.count("erased words looked for", erased.size());
  }

  /** All of them, so that one that is added later is looked at too; vectors have no words. */
  private static List<String> tables(Connection database) throws SQLException {
    return Rows.texts(
        database,
        "select quote_ident(table_name) from information_schema.tables where table_schema = 'public'"
            + " and table_type = 'BASE TABLE' and table_name not in ('embeddings', 'change_log')");
  }
}
