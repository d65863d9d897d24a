package io.parley.faults.step;

import io.parley.adapter.ai.extraction.MagicContentTypeDetector;
import io.parley.adapter.ai.extractive.ExtractiveChatModel;
import io.parley.adapter.ai.local.OnnxEmbedder;
import io.parley.adapter.ai.local.OnnxEmbedderConfig;
import io.parley.adapter.ai.splitting.RecursiveTextSplitter;
import io.parley.adapter.persistence.PostgresConfig;
import io.parley.adapter.persistence.PostgresPersistence;
import io.parley.adapter.storage.filesystem.FilesystemBlobConfig;
import io.parley.adapter.storage.filesystem.FilesystemBlobStore;
import io.parley.adapter.vectorstore.lucene.LuceneKeywordIndex;
import io.parley.adapter.vectorstore.lucene.LuceneKeywordIndexConfig;
import io.parley.adapter.vectorstore.lucene.LuceneVectorStore;
import io.parley.adapter.vectorstore.lucene.LuceneVectorStoreConfig;
import io.parley.application.Parley;
import io.parley.application.ParleyBuilder;
import io.parley.domain.access.Actor;
import io.parley.domain.account.TenantId;
import io.parley.domain.account.User;
import io.parley.domain.account.UserId;
import io.parley.domain.port.Secret;
import io.parley.domain.port.ai.ChatModel;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.port.ai.TextExtractor;
import io.parley.domain.port.ai.TextSplitter;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.port.storage.BlobStore;
import io.parley.domain.port.vectorstore.KeywordIndex;
import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.faults.check.Stores;
import io.parley.testkit.ai.HashingEmbedder;
import io.parley.testkit.fault.CountedCalls;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Parley with its real adapters, every one of them counted; only the model is replaced by one that
 * hashes words, because it starts at once, unless {@code -Dfaults.model=local} asks for the real
 * one.
 */
final class ChildParley implements AutoCloseable {
  private static final int DIMENSION = 64;
  private static final int POOL = 8;
  private static final String SERVER = "child";
  private static final String LINK_KEY = "signs the links of one test only, 0123456789";
  private static final UserId OWNER = new UserId(new UUID(1, 1));
  private static final TenantId TENANT = new TenantId(new UUID(1, 2));

  private final PostgresPersistence database;
  private final Parley parley;
  private final ShiftedClock clock;

  private ChildParley(PostgresPersistence database, Parley parley, ShiftedClock clock) {
    this.database = database;
    this.parley = parley;
    this.clock = clock;
  }

  static ChildParley open(ChildSettings settings, CountedCalls calls) {
    ShiftedClock clock = ShiftedClock.open(settings.clock());
    PostgresPersistence database =
        PostgresPersistence.open(
            PostgresConfig.of(settings.jdbcUrl(), settings.user(), new Secret(settings.password()))
                .withPoolSize(POOL));
    database.migrate();
    Parley parley = parts(settings.stores(), database, clock, calls).build();
    ChildParley child = new ChildParley(database, parley, clock);
    child.registerOwner();
    return child;
  }

  private static ParleyBuilder parts(
      Stores stores, Persistence database, ShiftedClock clock, CountedCalls calls) {
    Embedder real =
        System.getProperty("faults.model", "").equals("local")
            ? OnnxEmbedder.open(
                OnnxEmbedderConfig.standard()
                    .withNativeCode(List.of(stores.blobs().resolveSibling("native"))))
            : new HashingEmbedder(DIMENSION);
    Embedder embedder = calls.of(Embedder.class, real);
    VectorStore vectors =
        LuceneVectorStore.open(
            new LuceneVectorStoreConfig(stores.vectors(), real.model().dimension(), 4));
    KeywordIndex words = LuceneKeywordIndex.open(new LuceneKeywordIndexConfig(stores.words(), 4));
    BlobStore blobs =
        FilesystemBlobStore.open(
            new FilesystemBlobConfig(stores.blobs(), new Secret(LINK_KEY), clock));
    return Parley.builder()
        .persistence(calls.of(Persistence.class, database))
        .blobStore(calls.of(BlobStore.class, blobs))
        .contentTypeDetector(new MagicContentTypeDetector())
        .textExtractor(calls.of(TextExtractor.class, new PlainTextExtractor()))
        .textSplitter(calls.of(TextSplitter.class, new RecursiveTextSplitter()))
        .embedder(embedder)
        .vectorStore(calls.of(VectorStore.class, vectors))
        .keywordIndex(calls.of(KeywordIndex.class, words))
        .chatModel(calls.of(ChatModel.class, ExtractiveChatModel.open(embedder)))
        .serverId(SERVER)
        .eraseAgainAfter(Duration.ofMillis(1))
        .clock(clock);
  }

  private void registerOwner() {
    if (database.users().findForCredential(OWNER).isEmpty()) {
      database
          .users()
          .register(
              new User(
                  OWNER,
                  TENANT,
                  null,
                  null,
                  null,
                  null,
                  null,
                  0,
                  false,
                  true,
                  false,
                  clock.instant(),
                  null,
                  User.FREE,
                  null));
    }
  }

  /** Whose bots and documents they are. */
  static Actor.Person owner() {
    return Actor.Person.of(TENANT, OWNER, false);
  }

  Parley parley() {
    return parley;
  }

  ShiftedClock clock() {
    return clock;
  }

  @Override
  public void close() {
    parley.close();
    database.close();
  }
}
