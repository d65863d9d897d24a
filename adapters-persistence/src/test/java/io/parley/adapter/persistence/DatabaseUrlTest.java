package io.parley.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://ada:s%40crt@db:5433/parley",
        "postgresql://ada:s%40crt@db:5433/parley",
        "postgresql+asyncpg://ada:s%40crt@db:5433/parley",
        "postgresql+psycopg2://ada:s%40crt@db:5433/parley",
        "jdbc:postgresql://ada:s%40crt@db:5433/parley",
        "jdbc:postgresql://db:5433/parley?user=ada&password=s%40crt",
        "  POSTGRES://ada:s%40crt@db:5433/parley\n"
      })
  void readsEveryForm(String url) {
    assertThat(DatabaseUrl.parse(url))
        .isEqualTo(new DatabaseUrl("jdbc:postgresql://db:5433/parley", "ada", new Secret("s@crt")));
  }

  @ParameterizedTest
  @CsvSource({
    "postgres://a:b@h/d?sslmode=require, jdbc:postgresql://h/d?sslmode=require",
    "postgresql+asyncpg://a:b@h/d?ssl=true, jdbc:postgresql://h/d?sslmode=require",
    "postgres://a:b@h/d?application_name=x%20y, jdbc:postgresql://h/d?ApplicationName=x%20y",
    "postgres://a:b@[::1]:5432/d, jdbc:postgresql://[::1]:5432/d",
    "postgres://a:b@/d, jdbc:postgresql://localhost/d"
  })
  void keepsHostAndParameters(String url, String jdbc) {
    assertThat(DatabaseUrl.parse(url).jdbcUrl()).isEqualTo(jdbc);
  }

  @Test
  void keepsAPlusInAPassword() {
    assertThat(DatabaseUrl.parse("postgres://a:b+c@h/d").password()).isEqualTo(new Secret("b+c"));
  }

  @Test
  void stopsAtSqliteWithAdvice() {
    assertThatThrownBy(() -> DatabaseUrl.parse("sqlite:///./parley.db"))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("unset it for the embedded database");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mysql://a:secret@h/d",
        "postgres://a:secret@h",
        "postgres://h/d",
        "postgres://a:secret%4@h/d"
      })
  void refusesOthersWithoutShowingThem(String url) {
    assertThatThrownBy(() -> DatabaseUrl.parse(url))
        .isInstanceOfSatisfying(
            PortFailure.class,
            e -> {
              assertThat(e.kind()).isEqualTo(PortFailure.Kind.INVALID_CONFIGURATION);
              assertThat(e.sentence()).contains("DATABASE_URL").doesNotContain("secret");
            });
  }
}
