package io.parley.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/**
 * Keeps {@code docs/data-model.md} true. Run with {@code -Dparley.generate=true} to write it anew.
 */
class DataModelPageTest {

  private static final Path PAGE = Path.of("..", "docs", "data-model.md");

  @Test
  void saysWhatTheSchemaIs() throws SQLException, IOException {
    try (TestDatabase database = TestDatabase.create()) {
      String page = DataModel.of(database).page();
      if (Boolean.getBoolean("parley.generate")) {
        Files.writeString(PAGE, page);
      }
      assertThat(Files.readString(PAGE))
          .as("docs/data-model.md is out of date: run this test with -Dparley.generate=true")
          .isEqualTo(page);
    }
  }

  @Test
  void noticesEveryChangeOfTheSchema() throws SQLException {
    try (TestDatabase database = TestDatabase.create()) {
      String before = DataModel.of(database).page();
      database.execute("alter table bots add column planted text");
      String withColumn = DataModel.of(database).page();
      assertThat(withColumn).isNotEqualTo(before);
      database.execute("comment on column bots.planted is 'Planted.'");
      assertThat(DataModel.of(database).page()).isNotEqualTo(withColumn);
    }
  }
}
