package io.parley.faults.check;

import io.parley.faults.ledger.Canary;
import io.parley.faults.ledger.Expectations;
import io.parley.faults.ledger.ExpectedDocument;
import io.parley.faults.ledger.SampleText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/** Every version has its bytes. Files that no row names are what a reconciler is for. */
final class BlobCheck {
  private final Path root;
  private final Set<String> erased;
  private final Set<String> acknowledged = new HashSet<>();
  private final Findings findings;

  private record Version(String path, String sha256, long size) {}

  BlobCheck(Path root, Expectations expectations, Set<String> erased, Findings findings) {
    this.root = root;
    this.erased = erased;
    this.findings = findings;
    expectations.documents().stream().map(ExpectedDocument::id).forEach(acknowledged::add);
  }

  void check(Connection database) throws SQLException, IOException {
    Set<String> named = new HashSet<>();
    for (Version version : versions(database)) {
      named.add(version.path());
      check(version);
    }
    for (String file : files()) {
      if (!named.contains(file)) {
        orphan(file);
      }
    }
    findings.count("blobs", named.size());
  }

  private static List<Version> versions(Connection database) throws SQLException {
    return Rows.of(
        database,
        "select 'documents/' || blob_owner_id || '/' || source_id || '/'"
            + " || case when version = 1 then '' else 'v' || version || '/' end || name, sha256, size"
            + " from source_versions",
        row -> new Version(row.getString(1), row.getString(2), row.getLong(3)));
  }

  private void check(Version version) throws IOException {
    Path file = root.resolve(version.path());
    if (!Files.isRegularFile(file)) {
      findings.violation("a blob is missing", version.path());
    } else if (Files.size(file) != version.size()
        || !SampleText.sha256(Files.readAllBytes(file)).equals(version.sha256())) {
      findings.violation("a blob has wrong bytes", version.path());
    }
  }

  private List<String> files() throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString().replace('\\', '/'))
          .filter(file -> file.startsWith("documents/") || file.startsWith("incoming/"))
          .toList();
    }
  }

  /**
   * A request that was cut off may leave a file under an id that nobody was told; a file under an
   * acknowledged id that speaks of what was erased is none of those.
   */
  private void orphan(String file) throws IOException {
    String text = Files.readString(root.resolve(file), StandardCharsets.ISO_8859_1);
    Matcher canary = Canary.PATTERN.matcher(text);
    boolean speaks = canary.find() && erased.contains(canary.group());
    boolean told = file.split("/", -1).length > 2 && acknowledged.contains(file.split("/", -1)[2]);
    if (speaks && told) {
      findings.violation("an erased document has left its file", file);
    } else {
      findings.count("files for the reconciler", 1);
    }
  }
}
