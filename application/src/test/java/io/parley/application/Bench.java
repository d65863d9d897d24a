package io.parley.application;

import io.parley.application.document.ChunkingOptions;
import io.parley.application.document.IncomingFile;
import io.parley.application.document.UploadResult;
import io.parley.domain.access.Access;
import io.parley.domain.access.Actor;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.account.TenantId;
import io.parley.domain.account.User;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.Bot;
import io.parley.domain.bot.BotId;
import io.parley.domain.bot.BotProfile;
import io.parley.domain.document.ContentType;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.SourceId;
import io.parley.domain.port.ai.ChatModel;
import io.parley.domain.port.ai.TextSplitter;
import io.parley.testkit.ai.HashingEmbedder;
import io.parley.testkit.memory.InMemoryPersistence;
import io.parley.testkit.storage.InMemoryBlobStore;
import io.parley.testkit.vectorstore.InMemoryKeywordIndex;
import io.parley.testkit.vectorstore.InMemoryVectorStore;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Everything that Parley needs, in memory, with one user and one bot. */
public final class Bench {
  public static final int DIMENSION = 64;

  public final InMemoryPersistence database = new InMemoryPersistence();
  public final InMemoryBlobStore blobs = new InMemoryBlobStore();
  public final InMemoryVectorStore vectors = new InMemoryVectorStore(DIMENSION);
  public final InMemoryKeywordIndex words = new InMemoryKeywordIndex();
  public final PlainTextExtractor extractor = new PlainTextExtractor();
  public final StagedEmbedder embedder = new StagedEmbedder(new HashingEmbedder(DIMENSION));
  public final TextSplitter splitter = new LineSplitter();
  public final Actor.Person person = person(database);
  public final BotScope scope = newBot(person, "Ferry guide", false);

  public ParleyBuilder parley(ChatModel model) {
    return Parley.builder()
        .persistence(database)
        .blobStore(blobs)
        .contentTypeDetector((_, _) -> Optional.of(ContentType.TEXT))
        .textExtractor(extractor)
        .textSplitter(splitter)
        .chunking(new ChunkingOptions(200, 0))
        .embedder(embedder)
        .vectorStore(vectors)
        .keywordIndex(words)
        .chatModel(model);
  }

  public static Actor.Person person(InMemoryPersistence database) {
    User user =
        new User(
            new UserId(UUID.randomUUID()),
            new TenantId(UUID.randomUUID()),
            null,
            null,
            null,
            null,
            null,
            0,
            false,
            true,
            false,
            Instant.EPOCH,
            null,
            User.FREE,
            null);
    database.users().register(user);
    return Actor.Person.of(user.tenant(), user.id(), false);
  }

  public BotScope newBot(Actor.Person owner, String name, boolean isPublic) {
    BotProfile named = BotProfile.named(name);
    BotProfile profile =
        new BotProfile(
            named.name(),
            null,
            named.welcomeMessage(),
            null,
            null,
            named.temperature(),
            isPublic,
            named.configuration());
    Bot bot =
        database
            .bots()
            .create(Access.own(owner), new BotId(UUID.randomUUID()), profile, Instant.EPOCH);
    return scope(owner, bot.id(), Permission.WRITE);
  }

  public BotScope scope(Actor.Person actor, BotId bot, Permission wanted) {
    var grant = database.bots().findGrant(actor, bot).orElseThrow();
    return ((Access.Decision.Granted) Access.check(actor, grant, wanted)).scope();
  }

  public static IncomingFile file(String name, String text) {
    return new IncomingFile(
        DocumentName.of(name),
        Metadata.EMPTY,
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  public static Document accepted(UploadResult result) {
    return ((UploadResult.Accepted) result).document();
  }

  public Document document(SourceId id) {
    return database.documents().find(scope, id).orElseThrow();
  }

  /** Waits for a condition, at most ten seconds. */
  public static void until(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("It did not happen within ten seconds.");
      }
      Thread.sleep(2);
    }
  }
}
