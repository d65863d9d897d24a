package io.parley.bootstrap.server;

import io.parley.adapter.ai.extraction.ExtractionConfig;
import io.parley.adapter.ai.extraction.ProcessTextExtractor;
import io.parley.adapter.persistence.DatabaseUrl;
import io.parley.adapter.persistence.PostgresConfig;
import io.parley.adapter.persistence.PostgresPersistence;
import io.parley.adapter.persistence.embedded.DataDirectoryLock;
import io.parley.adapter.persistence.embedded.EmbeddedDatabase;
import io.parley.adapter.persistence.embedded.EmbeddedDatabaseConfig;
import io.parley.application.check.BlobStoreProbe;
import io.parley.application.check.DatabaseProbe;
import io.parley.application.check.DatabaseProbe.OpenDatabase;
import io.parley.application.check.Probe;
import io.parley.application.check.Subject;
import io.parley.application.check.TextExtractorProbe;
import io.parley.bootstrap.settings.Settings;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.persistence.Persistence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What the doctor tries of an installation: all that the settings and credentials name, each opened
 * by itself, so that one that is wrong does not hide the others.
 *
 * @param scratch an empty directory of the doctor's own, on the disk of the data directory
 */
public record CheckPlan(Settings settings, Path scratch) {
  private static final Subject EMBEDDED =
      new Subject(
          "PostgreSQL (embedded)",
          "Look at postgres/server.log in the data directory, and at the space on its disk.");
  private static final Subject EXTERNAL =
      new Subject(
          "PostgreSQL",
          "Check DATABASE_URL, that the database runs, and that it lets this machine in.");
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** A server that works needs the others itself. */
  private static final int BESIDE_A_SERVER = 2;

  /** Everything but the database. */
  public List<Probe> backends() {
    IndexDatabase indexes = indexes();
    List<Probe> probes = new ArrayList<>(new CheckedVectors(settings, scratch, indexes).probes());
    probes.addAll(new CheckedWords(settings, scratch, indexes).probes());
    probes.add(blobs());
    probes.addAll(new CheckedCache(settings.cache()).probes());
    probes.addAll(new CheckedModels(settings.models()).probes());
    probes.add(
        new TextExtractorProbe(
            new Subject(
                "reader of files", "Check PARLEY_DATA_DIR, the memory of this machine and Java."),
            () ->
                ProcessTextExtractor.open(ExtractionConfig.defaults(scratch.resolve("reading")))));
    return probes;
  }

  /** Its connections end with the command. */
  private IndexDatabase indexes() {
    return new IndexDatabase(this::externalConfig);
  }

  private PostgresConfig externalConfig() {
    DatabaseUrl url = Objects.requireNonNull(settings.database());
    return PostgresConfig.of(url.jdbcUrl(), url.user(), url.password())
        .withPoolSize(settings.databasePoolSize());
  }

  private Probe blobs() {
    CheckedBlobs blobs = new CheckedBlobs(settings, scratch);
    return new BlobStoreProbe(
        blobs.subject(), BlobStoreProbe.LARGEST, IdSource.random(), blobs::open);
  }

  /** The database, when no server has it, or anybody may. */
  public Probe database() {
    return settings.database() == null
        ? probe(EMBEDDED, BESIDE_A_SERVER, this::embedded)
        : probe(EXTERNAL, settings.databasePoolSize(), this::external);
  }

  /** The database of a server that runs. */
  static Probe databaseOf(Persistence persistence) {
    return probe(EMBEDDED, BESIDE_A_SERVER, () -> new OpenDatabase(persistence, () -> {}));
  }

  private static Probe probe(Subject subject, int atOnce, Supplier<OpenDatabase> opener) {
    return new DatabaseProbe(subject, IdSource.random(), atOnce, PATIENCE, opener);
  }

  private OpenDatabase external() {
    PostgresPersistence opened = PostgresPersistence.open(externalConfig());
    return new OpenDatabase(opened, opened::close);
  }

  /** The one that is there; where there is none, one that is made and thrown away. */
  private OpenDatabase embedded() {
    boolean there = Files.isDirectory(settings.dataDirectory().resolve("postgres"));
    Closing closing = new Closing();
    try {
      DataDirectoryLock lock =
          closing.add(
              DataDirectoryLock.acquire(
                  there ? settings.dataDirectory() : scratch.resolve("data")));
      EmbeddedDatabase database =
          closing.add(
              EmbeddedDatabase.start(
                  lock, EmbeddedDatabaseConfig.DEFAULT.withUnpacked(UnpackedPrograms.postgres())));
      PostgresPersistence opened =
          closing.add(
              PostgresPersistence.open(
                  PostgresConfig.of(database.jdbcUrl(), database.user(), database.password())
                      .withPoolSize(settings.databasePoolSize())));
      if (!there) {
        opened.migrate();
      }
      return new OpenDatabase(opened, closing::close);
    } catch (RuntimeException e) {
      closing.closeAfter(e);
      throw e;
    }
  }
}
