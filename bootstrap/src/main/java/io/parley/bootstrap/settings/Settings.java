package io.parley.bootstrap.settings;

import io.parley.adapter.persistence.DatabaseUrl;
import io.parley.adapter.web.WebConfig.Environment;
import io.parley.adapter.web.request.CorsPolicy;
import io.parley.application.account.RegistrationMode;
import io.parley.application.document.ChunkingOptions;
import io.parley.application.document.IntakeLimits;
import io.parley.domain.port.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What this installation is set to, checked.
 *
 * @param blobsBefore where files lay that are to come over to {@code blobs}
 * @param database an external PostgreSQL; the embedded one when absent
 * @param uploadLimit bytes
 * @param reconcileEvery zero for never
 * @param eraseAgainAfter when an erasure looks for what came late
 */
public record Settings(
    Environment environment,
    String host,
    int port,
    @Nullable URI publicUrl,
    @Nullable List<String> corsOrigins,
    String logLevel,
    Path dataDirectory,
    BlobPlace blobs,
    @Nullable BlobPlace blobsBefore,
    @Nullable DatabaseUrl database,
    int databasePoolSize,
    ModelSettings models,
    VectorSettings vectors,
    CacheSettings cache,
    ChunkingOptions chunking,
    long uploadLimit,
    Duration eraseAgainAfter,
    int ingestWorkers,
    int concurrentUploads,
    IntakeLimits intakeLimits,
    Duration reconcileEvery,
    int rateLimit,
    RegistrationMode registration,
    @Nullable Secret setupCode,
    @Nullable Secret signingKey,
    @Nullable Secret secretKey) {

  /**
   * Reads and checks everything that is set.
   *
   * @param home the directory of the launcher
   * @throws WrongSetting naming the first setting that is wrong
   */
  public static Settings read(Map<String, String> environment, Path home) {
    return of(RawSettings.read(environment, home), home);
  }

  /**
   * What is set, but with a directory of its own for all that is kept, whatever database and
   * directories the settings name.
   *
   * @param home the directory of the launcher
   * @throws WrongSetting as above
   */
  public static Settings readApart(Map<String, String> environment, Path home, Path directory) {
    return of(RawSettings.read(environment, home).apart(directory), home);
  }

  static Settings of(RawSettings raw, Path home) {
    SettingReader read = new SettingReader(raw);
    Path data = read.path(Setting.PARLEY_DATA_DIR, home.resolve("data"));
    BlobSettings blobs = new BlobSettings(read, data);
    return new Settings(
        read.oneOf(Setting.ENVIRONMENT, Environment.class),
        host(raw),
        port(read),
        read.url(Setting.PARLEY_PUBLIC_URL),
        origins(raw),
        logLevel(read),
        data,
        blobs.now(),
        blobs.before(),
        read.database(Setting.DATABASE_URL),
        read.number(Setting.PARLEY_DATABASE_POOL_SIZE, 2, 200),
        ModelSettings.of(read),
        VectorSettings.of(read),
        CacheSettings.of(read),
        chunking(read),
        (long) read.number(Setting.PARLEY_UPLOAD_LIMIT_MB, 1, 2048) << 20,
        Duration.ofSeconds(read.number(Setting.PARLEY_ERASE_AGAIN_AFTER, 1, 604_800)),
        read.number(Setting.PARLEY_INGEST_WORKERS, 1, 32),
        read.number(Setting.PARLEY_CONCURRENT_UPLOADS, 1, 10_000),
        IntakeLimits.DEFAULT.withWaiting(
            read.number(Setting.PARLEY_QUEUE_LIMIT_PER_OWNER, 1, Integer.MAX_VALUE),
            read.number(Setting.PARLEY_QUEUE_LIMIT, 1, Integer.MAX_VALUE)),
        Duration.ofHours(read.number(Setting.PARLEY_RECONCILE_HOURS, 0, 720)),
        read.number(Setting.PARLEY_RATE_LIMIT, 0, 1_000_000),
        read.oneOf(Setting.PARLEY_REGISTRATION, RegistrationMode.class),
        read.secret(Setting.PARLEY_SETUP_CODE, 8),
        read.secret(Setting.PARLEY_SIGNING_KEY, 32),
        read.secret(Setting.PARLEY_SECRET_KEY, 32));
  }

  private static String host(RawSettings raw) {
    boolean hosted = raw.find(Setting.PORT).isPresent();
    return raw.find(Setting.API_HOST)
        .map(RawSettings.Value::text)
        .orElse(hosted ? "0.0.0.0" : Setting.API_HOST.standard());
  }

  private static int port(SettingReader read) {
    boolean hosted = read.isSet(Setting.PORT) && !read.isSet(Setting.API_PORT);
    return read.number(hosted ? Setting.PORT : Setting.API_PORT, 0, 65_535);
  }

  private static String logLevel(SettingReader read) {
    String level = read.text(Setting.LOG_LEVEL).toUpperCase(Locale.ROOT);
    if (!List.of("ERROR", "WARN", "INFO", "DEBUG").contains(level)) {
      throw new WrongSetting(Setting.LOG_LEVEL, "Choose ERROR, WARN, INFO or DEBUG.");
    }
    return read.truth(Setting.DEBUG) ? "DEBUG" : level;
  }

  private static @Nullable List<String> origins(RawSettings raw) {
    return raw.find(Setting.CORS_ORIGINS)
        .map(v ->
            Arrays.stream(v.text().split(",", -1))
                .map(String::strip)
                .filter(o -> !o.isEmpty())
                .map(Settings::origin)
                .toList())
        .orElse(null);
  }

  private static String origin(String given) {
    try {
      return CorsPolicy.origin(given);
    } catch (IllegalArgumentException e) {
      throw new WrongSetting(String.valueOf(e.getMessage()));
    }
  }

  private static ChunkingOptions chunking(SettingReader read) {
    int size = read.number(Setting.PARLEY_CHUNK_SIZE, 50, 20_000);
    int overlap = read.number(Setting.PARLEY_CHUNK_OVERLAP, 0, 10_000);
    try {
      return new ChunkingOptions(size, overlap);
    } catch (IllegalArgumentException e) {
      throw new WrongSetting(String.valueOf(e.getMessage()));
    }
  }
}
