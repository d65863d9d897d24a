package io.parley.adapter.persistence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The schema as it stands in a migrated database, and the page about it. */
record DataModel(List<Table> tables) {

  record Column(String name, String type, boolean required, String comment) {}

  record Table(String name, String comment, List<Column> columns, List<String> references) {}

  private static final String COLUMNS =
      """
      select c.relname as table_name, coalesce(obj_description(c.oid), '') as table_comment,
        a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required,
        coalesce(col_description(c.oid, a.attnum), '') as comment
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relkind = 'r' and c.relname <> 'flyway_schema_history'
      order by c.relname, a.attnum
      """;

  private static final String REFERENCES =
      """
      select distinct c.conrelid::regclass::text as from_table, c.confrelid::regclass::text as to_table
      from pg_constraint c where c.contype = 'f' order by 1, 2
      """;

  static DataModel of(TestDatabase database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      Map<String, Table> tables = new LinkedHashMap<>();
      try (ResultSet rows = statement.executeQuery(COLUMNS)) {
        while (rows.next()) {
          table(tables, rows)
              .columns()
              .add(
                  new Column(
                      rows.getString("name"),
                      rows.getString("type"),
                      rows.getBoolean("required"),
                      rows.getString("comment")));
        }
      }
      try (ResultSet rows = statement.executeQuery(REFERENCES)) {
        while (rows.next()) {
          tables.get(rows.getString("from_table")).references().add(rows.getString("to_table"));
        }
      }
      return new DataModel(List.copyOf(tables.values()));
    }
  }

  private static Table table(Map<String, Table> tables, ResultSet row) throws SQLException {
    String comment = row.getString("table_comment");
    return tables.computeIfAbsent(
        row.getString("table_name"),
        name -> new Table(name, comment, new ArrayList<>(), new ArrayList<>()));
  }

  /** The page in Markdown. */
  String page() {
    StringBuilder page = new StringBuilder();
    page.append("# Data model\n\n");
    page.append("Generated from the migrated schema; a test says when it is out of date.\n\n");
    page.append("```mermaid\nerDiagram\n");
    tables.forEach(table ->
        table
            .references()
            .forEach(to -> page.append("  %s ||--o{ %s : \"\"\n".formatted(to, table.name()))));
    page.append("```\n");
    tables.forEach(table -> append(page, table));
    return page.toString();
  }

  private static void append(StringBuilder page, Table table) {
    page.append("\n## ").append(table.name()).append("\n\n");
    page.append(table.comment()).append("\n\n| column | type | |\n|---|---|---|\n");
    for (Column column : table.columns()) {
      String optional = column.required() ? "" : "optional";
      String separator = optional.isEmpty() || column.comment().isEmpty() ? "" : ". ";
      page.append(
          "| `%s` | %s | %s |\n"
              .formatted(column.name(), column.type(), optional + separator + column.comment()));
    }
  }
}
