package io.parley.adapter.web;

import io.micronaut.context.ApplicationContext;
import io.micronaut.http.server.exceptions.ServerStartupException;
import io.micronaut.runtime.graceful.GracefulShutdownCapable;
import io.micronaut.runtime.server.EmbeddedServer;
import io.parley.adapter.web.stream.Stopping;
import io.parley.domain.port.PortFailure;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running HTTP server. */
public final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
  private static final Duration LAST_REQUESTS = Duration.ofSeconds(15);
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(12);

  private final ApplicationContext context;
  private final EmbeddedServer server;

  private WebServer(ApplicationContext context, EmbeddedServer server) {
    this.context = context;
    this.server = server;
  }

  /**
   * Starts to listen.
   *
   * @throws PortFailure of kind {@code INVALID_CONFIGURATION} when the address cannot be listened
   *     on
   */
  public static WebServer open(WebConfig config, WebServices services) {
    Prepared prepared = prepare(config.host(), config.port(), config.limits());
    try {
      return prepared.serve(config, services);
    } catch (RuntimeException e) {
      prepared.close();
      throw e;
    }
  }

  /**
   * Does what can be done before there are services to serve: most of the work of a start.
   *
   * @param port 0 is any free one
   */
  public static Prepared prepare(String host, int port, WebLimits limits) {
    ApplicationContext context =
        ApplicationContext.builder()
            .banner(false)
            .deduceEnvironment(false)
            .enableDefaultPropertySources(false)
            .bootstrapEnvironment(false)
            .properties(properties(host, port, limits))
            .build();
    try {
      context.start();
      return new Prepared(context);
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  /** A server that does not listen yet. */
  public static final class Prepared implements AutoCloseable {
    private final ApplicationContext context;

    private Prepared(ApplicationContext context) {
      this.context = context;
    }

    /**
     * Starts to listen, with the host, port and limits that it was prepared for. Closing what this
     * gives closes this too.
     *
     * @throws PortFailure of kind {@code INVALID_CONFIGURATION} when the address cannot be listened
     *     on
     */
    public WebServer serve(WebConfig config, WebServices services) {
      context.registerSingleton(WebConfig.class, config);
      context.registerSingleton(WebServices.class, services);
      try {
        EmbeddedServer server = context.getBean(EmbeddedServer.class);
        server.start();
        return new WebServer(context, server);
      } catch (ServerStartupException e) {
        throw cannotListen(config, e);
      }
    }

    @Override
    public void close() {
      context.close();
    }
  }

  private static PortFailure cannotListen(WebConfig config, ServerStartupException cause) {
    return new PortFailure(
        PortFailure.Kind.INVALID_CONFIGURATION,
        "web server",
        "Port "
            + config.port()
            + " on "
            + config.host()
            + " cannot be listened on: another program has it, or it is not allowed."
            + " Stop that program, or set API_PORT or API_HOST to something else.",
        cause);
  }

  private static Map<String, Object> properties(String host, int port, WebLimits limits) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("micronaut.server.host", host);
    properties.put("micronaut.server.port", port == 0 ? -1 : port);
    properties.put("micronaut.server.max-request-size", Long.MAX_VALUE);
    properties.put("micronaut.server.max-request-buffer-size", limits.jsonBytes());
    properties.put("micronaut.server.netty.request-decompression-enabled", false);
    properties.put("micronaut.server.netty.server-type", "streamed");
    properties.put("micronaut.server.netty.max-header-size", 16_384);
    properties.put("micronaut.server.netty.max-initial-line-length", 8_192);
    properties.put("micronaut.server.date-header", true);
    properties.put("micronaut.server.cors.enabled", false);
    // CorsPolicy decides; the framework's guard refuses every origin behind a proxy on this
    // machine.
    properties.put("micronaut.server.cors.localhost-pass-through", true);
    properties.put("micronaut.server.idle-timeout", "5m");
    properties.put("micronaut.server.not-found-on-missing-body", false);
    properties.put("micronaut.security.reject-not-found", false);
    properties.put("micronaut.security.token.jwt.enabled", false);
    properties.put("micronaut.security.token.bearer.enabled", false);
    properties.put("micronaut.security.basic-auth.enabled", false);
    properties.put("micronaut.security.endpoints.introspection.enabled", false);
    properties.put("micronaut.http.services.enabled", false);
    properties.put("micronaut.serde.serialization.inclusion", "ALWAYS");
    properties.put("micronaut.serde.property-naming-strategy", "SNAKE_CASE");
    return properties;
  }

  /** Where it listens. */
  public URI uri() {
    return server.getURI();
  }

  /** The port it listens on. */
  public int port() {
    return server.getPort();
  }

  /** For tests of the routes themselves. */
  ApplicationContext context() {
    return context;
  }

  /**
   * Stops listening, and lets requests that have begun come to their end, within 15 seconds.
   * Streams that would go on for longer, and answers after 12 seconds, end with a problem.
   */
  @Override
  public void close() {
    context.getBean(Stopping.class).begin(LAST_ANSWERS);
    if (server instanceof GracefulShutdownCapable running) {
      awaitRequests(running);
    }
    server.stop();
    context.close();
  }

  private static void awaitRequests(GracefulShutdownCapable running) {
    try {
      running
          .shutdownGracefully()
          .toCompletableFuture()
          .get(LAST_REQUESTS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.warn("Requests that did not end within {} are cut off.", LAST_REQUESTS);
    } catch (ExecutionException e) {
      LOG.warn("Requests that run are cut off.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
