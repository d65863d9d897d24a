package io.parley.faults.check;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a database kept of some sources at one moment, and by which transaction each row was
 * written: a row that somebody wrote again, even with the same values, is another one.
 */
public final class UntouchedRows {
  private final String sources;
  private final Map<String, String> rows;

  private UntouchedRows(String sources, Map<String, String> rows) {
    this.sources = sources;
    this.rows = rows;
  }

  /** The products of work on these sources: texts, chunks, embeddings and entries of the log. */
  public static UntouchedRows of(Connection database, List<String> sources) throws SQLException {
    String list = sources.stream().map(id -> "'" + id + "'").collect(Collectors.joining(", "));
    return new UntouchedRows(list, read(database, list));
  }

  private static Map<String, String> read(Connection database, String sources) throws SQLException {
    Map<String, String> rows = new TreeMap<>();
    for (Map.Entry<String, String> table : tables(sources).entrySet()) {
      for (String row : Rows.texts(database, table.getValue())) {
        int end = row.lastIndexOf(' ');
        rows.put(table.getKey() + " " + row.substring(0, end), row.substring(end + 1));
      }
    }
    return rows;
  }

  private static Map<String, String> tables(String sources) {
    String of = " t where t.source_id in (" + sources + ")";
    return Map.of(
        "pages",
        "select source_id || ' v' || version || ' ' || number || ' ' || t.xmin from pages" + of,
        "chunks",
        "select id || ' ' || t.xmin from chunks" + of,
        "change_log",
        "select position || ' ' || change || ' ' || t.xmin from change_log" + of,
        "embeddings",
        "select e.chunk_id || ' of ' || e.model_id || ' ' || e.xmin from embeddings e"
            + " join chunks t on t.id = e.chunk_id where t.source_id in ("
            + sources
            + ")");
  }

  /** How many rows are looked at. */
  public int size() {
    return rows.size();
  }

  /** What is not as it was. */
  public List<Violation> changed(Connection database) throws SQLException {
    Map<String, String> now = read(database, sources);
    List<Violation> changed = new ArrayList<>();
    rows.forEach((row, writer) -> {
      String last = now.remove(row);
      if (last == null) {
        changed.add(new Violation("a row is gone that was there before", row));
      } else if (!last.equals(writer)) {
        changed.add(new Violation("a row was written again", row));
      }
    });
    now.keySet()
        .forEach(row -> changed.add(new Violation("a row came that was not there before", row)));
    return changed;
  }
}
