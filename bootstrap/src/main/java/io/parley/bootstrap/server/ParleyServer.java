package io.parley.bootstrap.server;

import io.parley.adapter.web.WebConfig;
import io.parley.adapter.web.WebLimits;
import io.parley.adapter.web.WebServer;
import io.parley.adapter.web.WebServices;
import io.parley.adapter.web.security.Argon2PasswordHasher;
import io.parley.application.account.SetupCode;
import io.parley.bootstrap.settings.Settings;
import io.parley.domain.port.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** The running server. */
public final class ParleyServer implements AutoCloseable {
  /** Of the work, which has 13 seconds to end, and is handed back then. */
  private static final Duration LONGEST_STOP = Duration.ofSeconds(15);

  private final Installation installation;
  private final WebServer web;
  private final SetupCode setupCode;

  private ParleyServer(Installation installation, WebServer web, SetupCode setupCode) {
    this.installation = installation;
    this.web = web;
    this.setupCode = setupCode;
  }

  /**
   * Opens everything and serves.
   *
   * @throws io.parley.domain.port.PortFailure with a sentence that says what to do
   */
  public static ParleyServer start(Settings settings) {
    Closing closing = new Closing();
    try {
      // The web needs no database before it serves, and takes as long as the database to come up.
      Ahead<WebServer.Prepared> web =
          closing.add(
              Ahead.of(
                  "web",
                  () -> WebServer.prepare(settings.host(), settings.port(), limits(settings))));
      return serve(settings, closing.add(Installation.open(settings)), web);
    } catch (RuntimeException e) {
      closing.closeAfter(e);
      throw e;
    }
  }

  private static ParleyServer serve(
      Settings settings, Installation installation, Ahead<WebServer.Prepared> prepared) {
    SetupCode setupCode = new SetupCode(installation.persistence().secrets(), settings.setupCode());
    setupCode.install();
    WebServer web =
        prepared
            .get()
            .serve(
                webConfig(settings, installation.keys()),
                services(settings, installation, setupCode));
    installation.parley().start();
    return new ParleyServer(installation, web, setupCode);
  }

  private static WebLimits limits(Settings settings) {
    return WebLimits.DEFAULT
        .withUploadBytes(settings.uploadLimit())
        .withConcurrentUploads(settings.concurrentUploads())
        .withRates(settings.rateLimit(), WebLimits.DEFAULT.logInsPerMinute());
  }

  private static WebConfig webConfig(Settings settings, Keys keys) {
    return new WebConfig(
        settings.host(),
        settings.port(),
        settings.environment(),
        settings.corsOrigins(),
        settings.publicUrl(),
        keys.derive("access-tokens"),
        WebConfig.TOKEN_LIFETIME,
        limits(settings));
  }

  private static WebServices services(
      Settings settings, Installation installation, SetupCode setupCode) {
    return new WebServices(
        installation.parley(),
        Argon2PasswordHasher.open(),
        settings.registration(),
        setupCode,
        installation.persistence().idempotency(),
        installation.persistence().health(),
        installation.chatModels(),
        installation.previews(),
        installation.probes(),
        installation.rateLimiter(),
        InstantSource.system());
  }

  /** What it serves. */
  public Installation installation() {
    return installation;
  }

  /** Where it listens. */
  public URI uri() {
    return web.uri();
  }

  /** The code that makes the first staff account; empty once it was used. */
  public Optional<Secret> setupCode() {
    return setupCode.current();
  }

  /** Lets running requests end, hands running work back meanwhile, and closes everything. */
  @Override
  public void close() {
    try (installation) {
      Beside.run("parley-stop-work", installation.parley()::stop, LONGEST_STOP, web::close);
    }
  }
}
