package io.parley.faults.check;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What must never be in the rows of a database that is quiet. Each query finds who breaks a rule.
 */
final class RowRules {
  private static final String LIVE =
      " from source_versions v join sources s on s.id = v.source_id join bots b on b.id = s.bot_id"
          + " where s.tombstoned_at is null and b.tombstoned_at is null and ";
  private static final String GONE =
      " in (select source_id from change_log where change = 'source_removed'"
          + " union select s.id from sources s join bots b on b.id = s.bot_id"
          + " where s.tombstoned_at is not null or b.tombstoned_at is not null)";
  private static final String WHICH =
      "select v.source_id || ' v' || v.version || ' ' || v.status || ' ' || v.step";

  private static final Map<String, String> RULES = rules();

  private RowRules() {}

  private static Map<String, String> rules() {
    Map<String, String> rules = new LinkedHashMap<>();
    rules.put(
        "work is left",
        "select id || ' ' || kind || ' ' || state || coalesce(' ' || error, '') from jobs"
            + " where state in ('queued', 'running')");
    rules.put("a version is stuck", WHICH + LIVE + "v.status in ('pending', 'processing')");
    rules.put(
        "a complete version has no chunks",
        WHICH + LIVE + "v.status = 'complete' and v.chunk_count = 0");
    rules.put(
        "an error has no cause",
        WHICH + LIVE + "v.status = 'error' and coalesce(v.error_message, '') = ''");
    rules.put(
        "chunks do not match their count",
        WHICH
            + LIVE
            + "v.status = 'complete' and v.chunk_count <> (select count(*) from chunks c"
            + " where c.source_id = v.source_id and c.version = v.version)");
    rules.put(
        "ordinals have a hole",
        "select source_id || ' v' || version from chunks group by source_id, version"
            + " having min(ordinal) <> 0 or max(ordinal) + 1 <> count(*)");
    rules.put(
        "a chunk has no embedding",
        "select c.id::text from chunks c join source_versions v using (source_id, version)"
            + " join generations g on g.state = 'serving'"
            + " where v.status = 'complete' and not exists (select from embeddings e"
            + " where e.chunk_id = c.id and e.model_id = g.model_id)");
    rules.put(
        "an embedding has a wrong length",
        "select e.chunk_id::text from embeddings e join embedding_models m on m.id = e.model_id"
            + " where octet_length(e.vector) <> 4 * m.dimension");
    rules.putAll(servingRules());
    rules.putAll(erasureRules());
    return rules;
  }

  private static Map<String, String> servingRules() {
    Map<String, String> rules = new LinkedHashMap<>();
    rules.put(
        "a version serves that is not complete",
        WHICH + LIVE + "s.serving_version = v.version and v.status <> 'complete'");
    rules.put(
        "the newest version is complete and another one serves",
        WHICH
            + LIVE
            + "s.newest_version = v.version and v.status = 'complete'"
            + " and s.serving_version is distinct from v.version");
    rules.put(
        "a source has lost its newest version",
        "select s.id::text from sources s join bots b on b.id = s.bot_id"
            + " where s.tombstoned_at is null and b.tombstoned_at is null and not exists"
            + " (select from source_versions v where v.source_id = s.id and v.version = s.newest_version)");
    rules.put(
        "the same bytes are two documents",
        "select v.bot_id || ' ' || v.sha256"
            + LIVE
            + "v.version = s.newest_version group by v.bot_id, v.sha256 having count(*) > 1");
    rules.put(
        "not exactly one generation serves",
        "select count(*)::text from generations where state = 'serving' having count(*) <> 1");
    return rules;
  }

  private static Map<String, String> erasureRules() {
    Map<String, String> rules = new LinkedHashMap<>();
    rules.put(
        "an erasure was not verified", "select id::text from erasures where state <> 'verified'");
    for (String table : List.of("source_versions", "pages", "chunks", "citations")) {
      rules.put(
          "an erased source is still in " + table,
          "select distinct source_id::text from " + table + " where source_id" + GONE);
    }
    return rules;
  }

  static void check(Connection database, Findings findings) throws SQLException {
    for (Map.Entry<String, String> rule : RULES.entrySet()) {
      Rows.texts(database, rule.getValue())
          .forEach(found -> findings.violation(rule.getKey(), found));
    }
    findings.count("versions", Rows.number(database, "select count(*) from source_versions"));
  }
}
