package io.parley.faults.check;

import io.parley.faults.ledger.Expectations;
import io.parley.faults.ledger.ExpectedDocument;
import io.parley.faults.ledger.ExpectedDocument.Content;
import io.parley.faults.ledger.ExpectedDocument.Erasing;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What was acknowledged is there, what was erased is not, and nothing is unfinished. */
final class LedgerCheck {
  private final Expectations expectations;
  private final Findings findings;
  private final Map<String, Newest> shown = new HashMap<>();
  private final Set<String> versions = new HashSet<>();

  private record Newest(String id, int version, String sha256, String status, String error) {}

  LedgerCheck(Expectations expectations, Findings findings) {
    this.expectations = expectations;
    this.findings = findings;
  }

  void check(Connection database) throws SQLException {
    Rows.of(
            database,
            "select s.id::text, v.version, v.sha256, v.status, coalesce(v.error_message, '')"
                + " from sources s join bots b on b.id = s.bot_id"
                + " join source_versions v on v.source_id = s.id and v.version = s.newest_version"
                + " where s.tombstoned_at is null and b.tombstoned_at is null",
            row ->
                new Newest(
                    row.getString(1),
                    row.getInt(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5)))
        .forEach(newest -> shown.put(newest.id(), newest));
    versions.addAll(
        Rows.texts(
            database, "select source_id || ' v' || version || ' ' || sha256 from source_versions"));
    expectations.documents().forEach(this::check);
    expectations.newViolations().forEach(v -> findings.violation("a client saw", v));
    findings.count("acknowledged documents", expectations.documents().size());
  }

  /**
   * What the database shows besides what was acknowledged belongs to requests without an answer.
   */
  private void check(ExpectedDocument document) {
    Newest newest = shown.get(document.id());
    switch (document.erasing()) {
      case NO -> {
        if (newest == null) {
          findings.violation("an acknowledged document is gone", document.id());
        } else {
          check(document, newest);
        }
      }
      case UNSURE -> {
        if (newest != null) {
          check(document, newest);
        }
      }
      case ACKNOWLEDGED -> {
        if (newest != null) {
          findings.violation("an erased document is still shown", document.id());
        }
      }
    }
  }

  private void check(ExpectedDocument document, Newest newest) {
    boolean sent =
        Stream.concat(document.kept().stream(), document.unsure().stream())
            .map(Content::sha256)
            .anyMatch(newest.sha256()::equals);
    int acknowledged = document.newest().map(Content::version).orElse(0);
    if (!sent || newest.version() < acknowledged) {
      findings.violation("an acknowledged version is not the newest", newest.toString());
    }
    for (Content kept : document.kept()) {
      if (!versions.contains(document.id() + " v" + kept.version() + " " + kept.sha256())) {
        findings.violation("an acknowledged version is gone", document.id() + " " + kept);
      }
    }
    if (!newest.status().equals("complete") && !document.cancelling()) {
      findings.violation("an acknowledged document did not become complete", newest.toString());
    }
  }

  /** Documents that an erasure was begun for, and that are not shown any more. */
  static Set<String> erased(Connection database, Expectations expectations) throws SQLException {
    Set<String> there =
        new HashSet<>(
            Rows.texts(
                database,
                "select s.id::text from sources s join bots b on b.id = s.bot_id"
                    + " where s.tombstoned_at is null and b.tombstoned_at is null"));
    Set<String> words = new HashSet<>(expectations.erasedCanaries());
    expectations.documents().stream()
        .filter(d -> d.erasing() == Erasing.UNSURE && !there.contains(d.id()))
        .forEach(d -> words.addAll(d.canaries()));
    return words;
  }
}
