package io.parley.adapter.web;

import io.parley.adapter.web.health.ReadinessProbe;
import io.parley.adapter.web.security.Argon2PasswordHasher;
import io.parley.application.Parley;
import io.parley.application.account.RegistrationMode;
import io.parley.application.account.SetupCode;
import io.parley.application.document.IntakeLimits;
import io.parley.domain.access.BotScope;
import io.parley.domain.account.UserId;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.ContentType;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.SourceType;
import io.parley.domain.document.TextSpan;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Secret;
import io.parley.domain.port.ai.ChatModel;
import io.parley.domain.port.ai.ChatModels;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.port.ai.TextExtractor;
import io.parley.domain.port.ai.TextSplitter;
import io.parley.domain.port.persistence.ChunkRepository;
import io.parley.domain.port.persistence.GenerationRepository;
import io.parley.domain.port.persistence.InstanceSecrets;
import io.parley.domain.port.persistence.JobQueue;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.port.persistence.Transactions;
import io.parley.domain.port.storage.PreviewAs;
import io.parley.domain.port.storage.SignedBlobs;
import io.parley.domain.port.vectorstore.KeywordIndex;
import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.FoundChunk;
import io.parley.domain.retrieval.ScoredChunk;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** All of Parley behind the web, with fakes where the outside would be. */
final class FakeParley {
  static final String KEY = "a key for tests that is long enough to sign";

  /** What the link {@code /previews/good} points to. */
  static final BlobKey PREVIEWED =
      new BlobKey(
          new UserId(UUID.randomUUID()),
          new VersionRef(new SourceId(UUID.randomUUID()), 1),
          new DocumentName("a b.html"));

  final MemoryUsers users = new MemoryUsers();
  final MemoryBots bots = new MemoryBots();
  final MemoryDocuments documents = new MemoryDocuments();
  final MemoryConversations conversations = new MemoryConversations();
  final MemoryIdempotency idempotency = new MemoryIdempotency();
  final CountingBlobs blobs = new CountingBlobs();
  final ScriptedModel model = new ScriptedModel();
  volatile PortFailure databaseDown;
  volatile RuntimeException searchBreaks;
  RegistrationMode registration = RegistrationMode.OPEN;
  volatile long waiting;
  final List<ReadinessProbe> probes = new ArrayList<>();

  private final FoundChunk chunk = chunk();

  static WebConfig config() {
    return WebConfig.of("127.0.0.1", 0, new Secret(KEY));
  }

  WebServer open() {
    return open(config());
  }

  WebServer open(WebConfig config) {
    SetupCode code = new SetupCode(secrets(), new Secret("SETUP"));
    return WebServer.open(
        config,
        new WebServices(
            parley(config),
            Argon2PasswordHasher.open(),
            registration,
            code,
            idempotency,
            this::ping,
            models(),
            this::preview,
            probes,
            InstantSource.system()));
  }

  private void ping() {
    if (databaseDown != null) {
      throw databaseDown;
    }
  }

  private Optional<SignedBlobs.SignedBlob> preview(String token) {
    byte[] text = "A preview.".getBytes(StandardCharsets.UTF_8);
    PreviewAs as =
        token.equals("pdf")
            ? new PreviewAs(new DocumentName("a.pdf"), ContentType.PDF)
            : new PreviewAs(new DocumentName("a b.html"), ContentType.HTML);
    return token.equals("good") || token.equals("pdf")
        ? Optional.of(
            new SignedBlobs.SignedBlob(PREVIEWED, new ByteArrayInputStream(text), text.length, as))
        : Optional.empty();
  }

  private Parley parley(WebConfig config) {
    return Parley.builder()
        .persistence(persistence())
        .blobStore(blobs)
        .contentTypeDetector(
            (head, name) -> Optional.of(ContentType.TEXT).filter(_ -> head[0] != 0))
        .textExtractor(Quiet.port(TextExtractor.class))
        .textSplitter(Quiet.port(TextSplitter.class))
        .embedder(embedder())
        .vectorStore(Quiet.port(VectorStore.class))
        .keywordIndex(words())
        .chatModels(models())
        .uploadLimit(config.limits().uploadBytes())
        .intakeLimits(IntakeLimits.DEFAULT.withWaiting(1_000, 2_000))
        .build();
  }

  private ChatModels models() {
    return new ChatModels() {
      @Override
      public Optional<ChatModel> find(String name) {
        return Optional.<ChatModel>of(model).filter(m -> m.name().equals(name));
      }

      @Override
      public ChatModel standard() {
        return model;
      }

      @Override
      public List<String> names() {
        return List.of(model.name());
      }
    };
  }

  private KeywordIndex words() {
    KeywordIndex quiet = Quiet.port(KeywordIndex.class);
    return answering(
        KeywordIndex.class,
        quiet,
        "search",
        () -> {
          if (searchBreaks != null) {
            throw searchBreaks;
          }
          return List.of(new ScoredChunk(chunk.chunk().id(), 1));
        });
  }

  private Embedder embedder() {
    EmbeddingModel embedding = new EmbeddingModel("local", "test", 2);
    return answering(
        Embedder.class,
        answering(Embedder.class, Quiet.port(Embedder.class), "model", () -> embedding),
        "embedQuery",
        () -> new float[] {1, 0});
  }

  private Persistence persistence() {
    Map<String, Object> parts = new HashMap<>();
    parts.put("users", users);
    parts.put("refreshTokens", users);
    parts.put("bots", bots);
    parts.put("documents", documents);
    parts.put("conversations", conversations);
    parts.put("idempotency", idempotency);
    parts.put("chunks", chunks());
    parts.put(
        "jobs", answering(JobQueue.class, Quiet.port(JobQueue.class), "depth", () -> waiting));
    parts.put(
        "generations",
        answering(
            GenerationRepository.class,
            Quiet.port(GenerationRepository.class),
            "servingOrCreate",
            args -> ((Supplier<?>) args[0]).get()));
    parts.put(
        "transactions",
        (Transactions)
            new Transactions() {
              @Override
              public <T> T inTransaction(Supplier<T> work) {
                return work.get();
              }
            });
    return Persistence.class.cast(
        Proxy.newProxyInstance(
            Persistence.class.getClassLoader(),
            new Class<?>[] {Persistence.class},
            (_, method, _) ->
                parts.computeIfAbsent(
                    method.getName(),
                    _ ->
                        method.getReturnType() == void.class
                            ? ""
                            : Quiet.port(method.getReturnType()))));
  }

  private ChunkRepository chunks() {
    Map<ChunkId, FoundChunk> all = Map.of(chunk.chunk().id(), chunk);
    return new ChunkRepository() {
      @Override
      public Map<ChunkId, FoundChunk> find(BotScope scope, Collection<ChunkId> ids) {
        return all;
      }

      @Override
      public Set<SourceId> unserved(BotScope scope, Collection<ChunkId> ids) {
        return Set.of();
      }

      @Override
      public Map<ChunkId, FoundChunk> findCited(BotScope scope, Collection<ChunkId> ids) {
        return all;
      }
    };
  }

  private static FoundChunk chunk() {
    VersionRef ref = new VersionRef(new SourceId(UUID.randomUUID()), 1);
    String text = "Whales sing at night.";
    Chunk chunk =
        new Chunk(ChunkId.of(ref, 0), ref, 0, 1, new TextSpan(0, text.length()), null, text);
    return new FoundChunk(
        chunk, SourceType.DOCUMENT, new DocumentName("whales.txt"), null, Metadata.EMPTY);
  }

  private static InstanceSecrets secrets() {
    return new InstanceSecrets() {
      private boolean used;

      @Override
      public Secret getOrCreate(String name, Supplier<Secret> make) {
        return make.get();
      }

      @Override
      public synchronized boolean consume(String name, Secret given) {
        boolean right = !used && given.reveal().equals("SETUP");
        used |= right;
        return right;
      }

      @Override
      public synchronized boolean available(String name) {
        return !used;
      }
    };
  }

  private static <T> T answering(Class<T> type, T otherwise, String name, Supplier<?> answer) {
    return answering(type, otherwise, name, _ -> answer.get());
  }

  private static <T> T answering(
      Class<T> type, T otherwise, String name, Function<Object[], Object> answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, args) ->
                method.getName().equals(name)
                    ? answer.apply(args)
                    : method.invoke(otherwise, args)));
  }
}
