package io.parley.bootstrap.server;

import io.parley.adapter.ai.extraction.ExtractionConfig;
import io.parley.adapter.ai.extraction.MagicContentTypeDetector;
import io.parley.adapter.ai.extraction.ProcessTextExtractor;
import io.parley.adapter.ai.local.OnnxEmbedder;
import io.parley.adapter.ai.splitting.RecursiveTextSplitter;
import io.parley.adapter.persistence.PostgresConfig;
import io.parley.adapter.persistence.PostgresPersistence;
import io.parley.adapter.persistence.embedded.DataDirectoryLock;
import io.parley.adapter.persistence.embedded.EmbeddedDatabase;
import io.parley.adapter.persistence.embedded.EmbeddedDatabaseConfig;
import io.parley.adapter.persistence.embedded.SecretKeyFile;
import io.parley.adapter.storage.identity.StoreIdentity;
import io.parley.adapter.web.health.ReadinessProbe;
import io.parley.application.Parley;
import io.parley.application.ParleyBuilder;
import io.parley.application.check.Probe;
import io.parley.bootstrap.settings.Settings;
import io.parley.domain.port.Secret;
import io.parley.domain.port.ai.ChatModels;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.port.storage.RateLimiter;
import io.parley.domain.port.storage.SignedBlobs;
import io.parley.domain.port.vectorstore.KeywordIndex;
import io.parley.domain.retrieval.Generation;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One installation with its adapters open: what the server and the commands work on. */
public final class Installation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Installation.class);

  private final Closing closing;
  private final PostgresPersistence persistence;
  private final ChosenBlobs blobs;
  private final Keys keys;
  private final ChosenCache cache;
  private final ChatModels chatModels;
  private final List<ReadinessProbe> probes;
  private final Parley parley;
  private final Moves moves;

  private Installation(Settings settings, Closing closing) {
    this.closing = closing;
    DataDirectoryLock lock = closing.add(DataDirectoryLock.acquire(settings.dataDirectory()));
    DataDirectory directory = new DataDirectory(lock.directory());
    // What needs no database is opened while PostgreSQL comes up.
    Ahead<ProcessTextExtractor> reader =
        closing.add(
            Ahead.of(
                "reader",
                () -> ProcessTextExtractor.open(ExtractionConfig.defaults(directory.temporary()))));
    KeywordIndexes keywords = KeywordIndexes.ahead(settings.vectors().words(), directory, closing);
    PostgresConfig database = database(settings, lock);
    persistence = closing.add(PostgresPersistence.open(database));
    persistence.migrate();
    persistence.protectSecrets();
    keys = new Keys(persistence.secrets(), settings.signingKey());
    blobs = ChosenBlobs.open(settings, keys, closing);
    blobs
        .setup()
        .requireSameAs(
            persistence.secrets(),
            settings.database() == null,
            () -> persistence.documents().countOfAllTenants());
    cache = ChosenCache.open(settings.cache(), this::installationName, keys, closing);
    ModelCatalogue models =
        new ModelCatalogue(settings.models(), directory.nativeCode(), cache.cache(), closing);
    IndexDatabase indexes = closing.add(new IndexDatabase(() -> database));
    VectorStores stores = new VectorStores(settings.vectors(), directory, indexes);
    Generation serving =
        FirstGeneration.settle(
            persistence.generations(), settings.models().embedding(), stores, directory.serverId());
    KeywordIndex words = keywords.open(serving, indexes);
    chatModels = models.chatModels(this::findsWithLocalModelOnly);
    ParleyBuilder parts = Parley.builder();
    if (blobs.before() != null) {
      parts.moveBlobsFrom(blobs.before());
    }
    parley =
        closing.add(
            parts
                .persistence(persistence)
                .blobStore(blobs.store())
                .contentTypeDetector(new MagicContentTypeDetector())
                .textExtractor(reader.get())
                .textSplitter(new RecursiveTextSplitter())
                .generations(new GenerationCatalogue(stores, models))
                .keywordIndex(words)
                .chatModels(chatModels)
                .serverId(directory.serverId())
                .chunking(settings.chunking())
                .uploadLimit(settings.uploadLimit())
                .eraseAgainAfter(settings.eraseAgainAfter())
                .ingestWorkers(settings.ingestWorkers())
                .intakeLimits(settings.intakeLimits())
                .reconcileEvery(settings.reconcileEvery())
                .storeCheck(new IndexDirectories(directory.allVectors(), persistence.generations()))
                .build());
    moves = new Moves(parley, settings.models(), stores);
    stores.report(parley.generation());
    ChosenEmbedding chosen =
        new ChosenEmbedding(settings.models().embedding(), () -> parley.generation().model());
    chosen.report();
    probes = Readiness.probes(parley, words, blobs.setup(), chosen, cache.backend());
  }

  /** The random name that the blob store and the database have in common. */
  private String installationName() {
    return persistence
        .secrets()
        .getOrCreate(StoreIdentity.NAME, () -> new Secret(UUID.randomUUID().toString()))
        .reveal();
  }

  /** While several models are there, an answer may be under way from each of them. */
  private boolean findsWithLocalModelOnly() {
    return parley.models().equals(Set.of(OnnxEmbedder.MODEL));
  }

  /**
   * Opens everything, and makes what is missing.
   *
   * @throws io.parley.domain.port.PortFailure with a sentence that says what to do
   */
  public static Installation open(Settings settings) {
    Closing closing = new Closing();
    try {
      return new Installation(settings, closing);
    } catch (RuntimeException e) {
      closing.closeAfter(e);
      throw e;
    }
  }

  private PostgresConfig database(Settings settings, DataDirectoryLock lock) {
    if (settings.database() != null) {
      return PostgresConfig.of(
              settings.database().jdbcUrl(),
              settings.database().user(),
              settings.database().password())
          .withPoolSize(settings.databasePoolSize())
          .withSecretKeys(shared(settings.secretKey()));
    }
    EmbeddedDatabase embedded =
        closing.add(
            EmbeddedDatabase.start(
                lock, EmbeddedDatabaseConfig.DEFAULT.withUnpacked(UnpackedPrograms.postgres())));
    return PostgresConfig.of(embedded.jdbcUrl(), embedded.user(), embedded.password())
        .withPoolSize(settings.databasePoolSize())
        .withSecretKeys(own(settings.secretKey(), SecretKeyFile.of(lock)));
  }

  /** Servers that share a database share the key, so that a file of one of them would not do. */
  private static List<Secret> shared(@Nullable Secret key) {
    if (key == null) {
      LOG.warn(
          "The signing key and the set-up code lie in the database as plain text. Set"
              + " PARLEY_SECRET_KEY on all servers to have them encrypted.");
    }
    return key == null ? List.of() : List.of(key);
  }

  /** The file's key still opens what was encrypted before the setting was there. */
  private static List<Secret> own(@Nullable Secret key, Secret file) {
    return key == null ? List.of(file) : List.of(key, file);
  }

  /** The use cases. */
  public Parley parley() {
    return parley;
  }

  /** Moves to other models and stores, by their names in the settings. */
  public Moves moves() {
    return moves;
  }

  Persistence persistence() {
    return persistence;
  }

  /** Tries the database that this installation works with, with few of its connections. */
  public Probe databaseProbe() {
    return CheckPlan.databaseOf(persistence);
  }

  /** The other end of preview links; absent where the blob store answers its own. */
  @Nullable SignedBlobs previews() {
    return blobs.previews();
  }

  /** What counts the callers of this installation. */
  RateLimiter rateLimiter() {
    return cache.rateLimiter();
  }

  List<ReadinessProbe> probes() {
    return probes;
  }

  /** The chat models, the standard one first. */
  public ChatModels chatModels() {
    return chatModels;
  }

  Keys keys() {
    return keys;
  }

  @Override
  public void close() {
    closing.close();
  }
}
