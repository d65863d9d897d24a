package io.parley.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each table that holds something of a tenant carries its id. */
class SchemaTest {

  /** What belongs to no tenant: the tenants themselves, and what serves all of them. */
  private static final Set<String> MAINTENANCE =
      Set.of(
          "change_log_head",
          "embedding_models",
          "flyway_schema_history",
          "followers",
          "generations",
          "instance_secrets",
          "reconciliation_turn",
          "reconciliations",
          "tenants");

  private static List<String> withoutTenant(TestDatabase database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet tables =
            statement.executeQuery(
                """
                select t.table_name from information_schema.tables t
                where t.table_schema = 'public' and not exists (
                  select 1 from information_schema.columns c
                  where c.table_schema = t.table_schema and c.table_name = t.table_name
                    and c.column_name = 'tenant_id' and c.is_nullable = 'NO'
                    and c.data_type = 'uuid')
                order by t.table_name
                """)) {
      List<String> names = new ArrayList<>();
      while (tables.next()) {
        names.add(tables.getString(1));
      }
      names.removeAll(MAINTENANCE);
      return names;
    }
  }

  private static List<String> uncommented(TestDatabase database) throws SQLException {
    return DataModel.of(database).tables().stream()
        .filter(table -> table.comment().isEmpty())
        .map(DataModel.Table::name)
        .toList();
  }

  @Test
  void givesEveryTenantTableItsTenant() throws SQLException {
    try (TestDatabase database = TestDatabase.create()) {
      assertThat(withoutTenant(database)).isEmpty();
      assertThat(uncommented(database)).isEmpty();
    }
  }

  @Test
  void findsTablesThatLackIt() throws SQLException {
    try (TestDatabase database = TestDatabase.create()) {
      database.execute("create table forgotten (id uuid primary key)");
      database.execute("create table nullable (id uuid primary key, tenant_id uuid)");
      assertThat(withoutTenant(database)).containsExactly("forgotten", "nullable");
      assertThat(uncommented(database)).containsExactly("forgotten", "nullable");
    }
  }
}
