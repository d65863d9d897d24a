package org.example.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.parley.adapter.persistence.TestDatabase;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class EmbeddedInAnotherApplicationTest {

  /** Another application's data source under the name that ours has too; nobody listens there. */
  private static final Map<String, Object> HOST =
      Map.of(
          "datasources.default.url", "jdbc:postgresql://127.0.0.1:9/host",
          "datasources.default.username", "host",
          "datasources.default.password", "host",
          "datasources.default.driver-class-name", "org.postgresql.Driver",
          "datasources.default.minimum-idle", 0,
          "datasources.default.connection-timeout", 250,
          "datasources.default.initialization-fail-timeout", -1);

  @Test
  void keepsItsBeansAndDataSourcesApart() {
    HostBean.MADE.set(0);
    HostBean.STARTS.set(0);
    try (ApplicationContext host =
        ApplicationContext.builder().propertySources(PropertySource.of("host", HOST)).start()) {
      DataSource before = host.getBean(DataSource.class);
      try (TestDatabase database = TestDatabase.create()) {
        database.persistence().health().ping();
        assertThat(database.persistence().users().findForLogin("nobody")).isEmpty();
        assertThat(HostBean.MADE).hasValue(1);
        assertThat(HostBean.STARTS).hasValue(1);
        assertThat(host.getBeansOfType(DataSource.class)).containsExactly(before);
      }
      assertThat(host.isRunning()).isTrue();
      assertThat(
              host.getAllBeanDefinitions().stream()
                  .filter(d -> d.getName().startsWith("io.parley.adapter.persistence."))
                  .filter(d -> d.isEnabled(host)))
          .isEmpty();
    }
  }
}
