package io.parley.testkit.persistence;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.UserScope;
import io.parley.domain.account.TenantId;
import io.parley.domain.account.User;
import io.parley.domain.bot.BotId;
import io.parley.domain.bot.BotProfile;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.ContentType;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.PageText;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.TextSpan;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.DocumentRepository.Adding;
import io.parley.domain.port.persistence.DocumentRepository.NewVersion;
import io.parley.domain.port.persistence.IndexFeed.Follower;
import io.parley.domain.port.persistence.IngestionRepository;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.LogEntry;
import io.parley.domain.retrieval.LogPosition;
import io.parley.testkit.Scopes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A new bot of a new user, and documents in it, taken in step by step. */
public record BotKnowledge(Persistence database, UserScope owner, BotScope scope) {

  /** When everything happens. */
  public static final Instant NOW = Instant.parse("2026-03-04T05:06:07.123456Z");

  /** Under which everything is embedded. */
  public static final EmbeddingModel MODEL = new EmbeddingModel("local", "three numbers", 3);

  /** What every document carries. */
  public static final Metadata METADATA =
      new Metadata(Map.of("year", 2026, "tags", List.of("a", "b"), "deep", Map.of("yes", true)));

  /** Registers a user with a bot. */
  public static BotKnowledge in(Persistence database) {
    User user = People.someone();
    database.users().register(user);
    return of(database, user.tenant(), People.scope(user));
  }

  /** Another bot of the same user. */
  public BotKnowledge neighbour() {
    return of(database, owner.tenant(), owner);
  }

  private static BotKnowledge of(Persistence database, TenantId tenant, UserScope owner) {
    BotId bot = new BotId(UUID.randomUUID());
    database.bots().create(owner, bot, BotProfile.named("Bot"), NOW);
    return new BotKnowledge(database, owner, Scopes.owned(tenant, owner.user(), bot));
  }

  /** Scopes that must not see this bot's knowledge: another tenant's, and another bot's. */
  public List<BotScope> foreignScopes() {
    BotScope otherTenant = Scopes.owned(new TenantId(UUID.randomUUID()), owner.user(), scope.bot());
    return List.of(otherTenant, neighbour().scope(), in(database).scope());
  }

  /** A text file with a checksum of its own. */
  public static NewVersion file(String name) {
    String sha256 = (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
    return new NewVersion(new DocumentName(name), ContentType.TEXT, 42, sha256, METADATA, NOW);
  }

  /** Adds a document with one version. */
  public Document add(String name) {
    return switch (database.documents().add(scope, new SourceId(UUID.randomUUID()), file(name))) {
      case Adding.Added(Document document) -> document;
      case Adding.AlreadyThere(Document document) -> document;
      case Adding.BotGone _ -> throw new IllegalStateException("The bot is gone.");
    };
  }

  /** Adds the next version of a document. */
  public VersionRef addVersion(SourceId source, String name) {
    int number = database.documents().reserveVersion(scope, source).orElseThrow();
    return database
        .documents()
        .addVersion(scope, source, number, file(name))
        .map(document -> new VersionRef(source, number))
        .orElseThrow();
  }

  /** Chunks of one page, one after another. */
  public static List<Chunk> chunks(VersionRef ref, String... contents) {
    List<Chunk> chunks = new ArrayList<>();
    int start = 0;
    for (String content : contents) {
      int ordinal = chunks.size();
      TextSpan span = new TextSpan(start, start + content.length());
      chunks.add(new Chunk(ChunkId.of(ref, ordinal), ref, ordinal, 1, span, "Heading", content));
      start += content.length() + 1;
    }
    return chunks;
  }

  /** One page with its chunks. */
  public List<Chunk> split(VersionRef ref, String... contents) {
    IngestionRepository ingestion = database.ingestion();
    ingestion.addPages(
        scope, ref, List.of(new PageText(1, "Page one", String.join("\n", contents), List.of())));
    ingestion.extracted(scope, ref, "Title", "en", 1);
    List<Chunk> chunks = chunks(ref, contents);
    ingestion.addChunks(scope, chunks);
    ingestion.split(scope, ref, chunks.size());
    return chunks;
  }

  /** All steps up to the log's entry. */
  public LogEntry embed(VersionRef ref, String... contents) {
    List<Chunk> chunks = split(ref, contents);
    Map<ChunkId, float[]> embeddings = new LinkedHashMap<>();
    chunks.forEach(chunk -> embeddings.put(chunk.id(), new float[] {1, chunk.ordinal(), -0.5f}));
    return database
        .transactions()
        .inTransaction(() -> {
          database.ingestion().addEmbeddings(scope, MODEL, embeddings);
          LogEntry entry = announce(ref);
          database.ingestion().embedded(scope, ref, entry.position());
          return entry;
        });
  }

  /** The log's entry alone. */
  public LogEntry announce(VersionRef ref) {
    return database.changeLog().versionAdded(scope, ref).orElseThrow();
  }

  /** All steps, and an index that passes everything. */
  public List<Chunk> complete(VersionRef ref, String... contents) {
    LogEntry entry = embed(ref, contents);
    Follower index = new Follower(UUID.randomUUID(), "test", true);
    database.indexFeed().report(index, entry.at(), NOW);
    database.indexFeed().completePassed(NOW);
    database.indexFeed().report(new Follower(index.id(), "test", false), entry.at(), NOW);
    return chunks(ref, contents);
  }

  /** The end of the log. */
  public LogPosition head() {
    long position = database.indexFeed().head();
    return database.indexFeed().after(position - 1, 1).stream()
        .map(LogEntry::at)
        .findFirst()
        .orElse(LogPosition.START);
  }
}
