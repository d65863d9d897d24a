package io.parley.adapter.persistence;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextConfiguration;
import io.micronaut.context.DefaultApplicationContext;
import io.micronaut.context.DefaultApplicationContextBuilder;
import io.micronaut.context.env.PropertySource;
import io.micronaut.inject.BeanConfiguration;
import io.micronaut.inject.BeanDefinitionReference;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * A context of our own that sees Micronaut Data and this package, whatever else is on the class
 * path: an application around it may be a Micronaut application with data sources of its own.
 */
@SuppressWarnings("overrides") // the framework's own, seen from every subclass
final class PersistenceContext extends DefaultApplicationContext {

  /**
   * Set in this context alone; our beans require it, so that a context around us never makes them.
   */
  static final String MARKER = "parley.persistence.context";

  private static final List<String> PACKAGES =
      List.of(
          "io.parley.adapter.persistence.",
          "io.micronaut.aop.",
          "io.micronaut.context.",
          "io.micronaut.data.",
          "io.micronaut.transaction.",
          "io.micronaut.jdbc.",
          "io.micronaut.configuration.jdbc.hikari.");

  private PersistenceContext(ApplicationContextConfiguration configuration) {
    super(configuration);
  }

  static ApplicationContext start(PostgresConfig config) {
    Isolated builder = new Isolated();
    builder
        .classLoader(PersistenceContext.class.getClassLoader())
        .deduceEnvironment(false)
        .deduceCloudEnvironment(false)
        .bootstrapEnvironment(false)
        .enableDefaultPropertySources(false)
        .environmentPropertySource(false)
        .banner(false);
    PersistenceContext context = new PersistenceContext(builder);
    context.getEnvironment().addPropertySource(PropertySource.of("parley", properties(config)));
    context.start();
    return context;
  }

  @Override
  @SuppressWarnings("rawtypes") // as the method that is overridden
  protected List<BeanDefinitionReference> resolveBeanDefinitionReferences() {
    return super.resolveBeanDefinitionReferences().stream()
        .filter(reference -> isOurs(reference.getBeanDefinitionName()))
        .toList();
  }

  @Override
  protected Iterable<BeanConfiguration> resolveBeanConfigurations() {
    return StreamSupport.stream(super.resolveBeanConfigurations().spliterator(), false)
        .filter(configuration -> isOurs(configuration.getName() + "."))
        .toList();
  }

  private static boolean isOurs(String name) {
    return PACKAGES.stream().anyMatch(name::startsWith);
  }

  private static Map<String, Object> properties(PostgresConfig config) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(MARKER, true);
    put(properties, "url", config.jdbcUrl());
    put(properties, "username", config.user());
    put(properties, "password", config.password().reveal());
    put(properties, "driver-class-name", "org.postgresql.Driver");
    put(properties, "pool-name", "parley-postgresql");
    put(properties, "maximum-pool-size", config.poolSize());
    put(properties, "minimum-idle", 1);
    put(properties, "idle-timeout", 60_000);
    put(properties, "keepalive-time", 60_000);
    put(properties, "connection-timeout", config.connectTimeout().toMillis());
    put(properties, "validation-timeout", Math.min(2_000, config.connectTimeout().toMillis()));
    put(properties, "initialization-fail-timeout", -1);
    put(properties, "connection-init-sql", initSql(config));
    driver(config)
        .forEach((name, value) -> put(properties, "data-source-properties." + name, value));
    put(properties, "schema-generate", "NONE");
    put(properties, "dialect", "POSTGRES");
    return properties;
  }

  /** What the driver is told, whichever pool it serves. */
  static Map<String, String> driver(PostgresConfig config) {
    return Map.of(
        "connectTimeout", seconds(config.connectTimeout()),
        "loginTimeout", seconds(config.connectTimeout()),
        "socketTimeout", seconds(config.socketTimeout()),
        "tcpKeepAlive", "true",
        "logServerErrorDetail", "false",
        "ApplicationName", "parley",
        "reWriteBatchedInserts", "true");
  }

  private static void put(Map<String, Object> properties, String key, Object value) {
    properties.put("datasources.default." + key, value);
  }

  private static String seconds(Duration duration) {
    return Long.toString(Math.max(1, duration.toSeconds()));
  }

  static String initSql(PostgresConfig config) {
    return "set statement_timeout = %d; set idle_in_transaction_session_timeout = %d"
        .formatted(config.statementTimeout().toMillis(), config.socketTimeout().toMillis());
  }

  /** The builder is also the configuration that the context's constructor wants. */
  private static final class Isolated extends DefaultApplicationContextBuilder {}
}
