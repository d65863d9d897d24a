package io.parley.adapter.web;

import io.parley.adapter.web.health.ReadinessProbe;
import io.parley.adapter.web.security.Argon2PasswordHasher;
import io.parley.application.Parley;
import io.parley.application.account.RegistrationMode;
import io.parley.application.account.SetupCode;
import io.parley.application.document.IntakeLimits;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.UserScope;
import io.parley.domain.account.User;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.BotId;
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
import io.parley.domain.port.persistence.DatabaseHealth;
import io.parley.domain.port.persistence.DocumentRepository;
import io.parley.domain.port.persistence.IdempotencyRepository;
import io.parley.domain.port.persistence.JobQueue;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.port.persistence.UserRepository;
import io.parley.domain.port.storage.PreviewAs;
import io.parley.domain.port.storage.RateLimiter;
import io.parley.domain.port.storage.SignedBlobs;
import io.parley.domain.port.vectorstore.KeywordIndex;
import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.FoundChunk;
import io.parley.domain.retrieval.ScoredChunk;
import io.parley.testkit.Scopes;
import io.parley.testkit.memory.InMemoryPersistence;
import io.parley.testkit.persistence.BotKnowledge;
import io.parley.testkit.persistence.People;
import io.parley.testkit.storage.InMemoryRateLimiter;
import java.io.ByteArrayInputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** All of Parley behind the web, with fakes where the outside would be. */
final class FakeParley {
  static final String KEY = "a key for tests that is long enough to sign";

  /** What the link {@code /previews/good} points to. */
  static final BlobKey PREVIEWED =
      new BlobKey(
          new UserId(UUID.randomUUID()),
          new VersionRef(new SourceId(UUID.randomUUID()), 1),
          new DocumentName("a b.html"));

  final InMemoryPersistence database = new InMemoryPersistence();
  final Set<UserId> suspended = ConcurrentHashMap.newKeySet();

  /** The bodies that are kept under keys. */
  final List<String> kept = new CopyOnWriteArrayList<>();

  /** How often the database was asked where files lie. */
  final AtomicInteger lookups = new AtomicInteger();

  /** What every search finds, in every bot. */
  final List<FoundChunk> chunks = new CopyOnWriteArrayList<>();

  final CountingBlobs blobs = new CountingBlobs();
  final ScriptedModel model = new ScriptedModel();
  volatile PortFailure databaseDown;
  volatile RuntimeException searchBreaks;
  RegistrationMode registration = RegistrationMode.OPEN;
  volatile long waiting;
  volatile boolean botGone;
  final List<ReadinessProbe> probes = new ArrayList<>();
  RateLimiter rateLimiter = new InMemoryRateLimiter(InstantSource.system());

  private final BotKnowledge library = BotKnowledge.in(database);

  FakeParley() {
    put(PREVIEWED.ref().source());
    addChunk("whales.txt", "Whales sing at night.");
  }

  private void put(SourceId id) {
    database.documents().add(library.scope(), id, BotKnowledge.file(id.toString()));
  }

  /** One more chunk that every search finds. */
  void addChunk(String name, String text) {
    VersionRef ref = new VersionRef(new SourceId(UUID.randomUUID()), 1);
    put(ref.source());
    Chunk chunk =
        new Chunk(ChunkId.of(ref, 0), ref, 0, 1, new TextSpan(0, text.length()), null, text);
    chunks.add(
        new FoundChunk(chunk, SourceType.DOCUMENT, new DocumentName(name), null, Metadata.EMPTY));
  }

  /** As the erasure of all that was ever cited leaves the answers. */
  void eraseAllCited() {
    chunks.forEach(found ->
        database.erasures().blankAnswersCiting(library.scope(), found.chunk().ref().source()));
  }

  /** Erases what {@code /previews/good} points to. */
  void erasePreviewed() {
    database.documents().tombstone(library.scope(), PREVIEWED.ref().source(), BotKnowledge.NOW);
  }

  /** A bot of the database, as those see it who take its documents in. */
  BotKnowledge bot(String id, String owner) {
    User user = database.users().findForLogin(owner).orElseThrow();
    UserScope own = People.scope(user);
    BotScope scope = Scopes.owned(user.tenant(), user.id(), new BotId(UUID.fromString(id)));
    return new BotKnowledge(database, own, scope);
  }

  static WebConfig config() {
    return WebConfig.of("127.0.0.1", 0, new Secret(KEY));
  }

  WebServer open() {
    return open(config());
  }

  WebServer open(WebConfig config) {
    SetupCode code = new SetupCode(database.secrets(), new Secret("SETUP"));
    return WebServer.open(
        config,
        new WebServices(
            parley(config),
            Argon2PasswordHasher.open(),
            registration,
            code,
            idempotency(),
            health(),
            models(),
            this::preview,
            probes,
            rateLimiter,
            InstantSource.system()));
  }

  private DatabaseHealth health() {
    return answering(DatabaseHealth.class, database.health(), "ping", this::ping);
  }

  private boolean ping() {
    if (databaseDown != null) {
      throw databaseDown;
    }
    return true;
  }

  private Optional<SignedBlobs.SignedBlob> preview(String token) {
    byte[] text = "A preview.".getBytes(StandardCharsets.UTF_8);
    PreviewAs as =
        token.equals("pdf")
            ? new PreviewAs(new DocumentName("a.pdf"), ContentType.PDF)
            : new PreviewAs(new DocumentName("a b.html"), ContentType.HTML);
    return token.equals("good") || token.equals("pdf")
        ? Optional.of(
            new SignedBlobs.SignedBlob(
                PREVIEWED,
                new ByteArrayInputStream(text),
                text.length,
                Instant.parse("2026-02-03T04:05:06.7Z"),
                as))
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
          return IntStream.range(0, chunks.size())
              .mapToObj(i -> new ScoredChunk(chunks.get(i).chunk().id(), 1.0 / (i + 1)))
              .toList();
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
    parts.put("users", users());
    parts.put("documents", documents());
    parts.put("idempotency", idempotency());
    parts.put("chunks", chunks());
    parts.put("jobs", answering(JobQueue.class, database.jobs(), "depth", () -> waiting));
    return Persistence.class.cast(
        Proxy.newProxyInstance(
            Persistence.class.getClassLoader(),
            new Class<?>[] {Persistence.class},
            (_, method, args) -> {
              Object part = parts.get(method.getName());
              return part == null ? invoke(database, method, args) : part;
            }));
  }

  private UserRepository users() {
    UserRepository users = database.users();
    UserRepository known =
        answering(
            UserRepository.class,
            users,
            "findForCredential",
            args -> users.findForCredential((UserId) args[0]).map(this::asItIs));
    return answering(
        UserRepository.class,
        known,
        "findForLogin",
        args -> {
          ping();
          return users.findForLogin((String) args[0]);
        });
  }

  private User asItIs(User u) {
    return new User(
        u.id(),
        u.tenant(),
        u.username(),
        u.email(),
        u.firstName(),
        u.lastName(),
        u.passwordHash(),
        u.passwordVersion(),
        u.staff(),
        u.active() && !suspended.contains(u.id()),
        u.verified(),
        u.dateJoined(),
        u.lastLogin(),
        u.subscriptionStatus(),
        u.subscriptionPlanId());
  }

  private DocumentRepository documents() {
    DocumentRepository documents = database.documents();
    return answering(
        DocumentRepository.class,
        noticing(DocumentRepository.class, documents, "originals", _ -> lookups.incrementAndGet()),
        "add",
        args ->
            botGone
                ? new DocumentRepository.Adding.BotGone()
                : documents.add(
                    (BotScope) args[0],
                    (SourceId) args[1],
                    (DocumentRepository.NewVersion) args[2]));
  }

  private IdempotencyRepository idempotency() {
    return noticing(
        IdempotencyRepository.class,
        database.idempotency(),
        "keep",
        args -> kept.add((String) args[4]));
  }

  private ChunkRepository chunks() {
    return new ChunkRepository() {
      @Override
      public Map<ChunkId, FoundChunk> find(BotScope scope, Collection<ChunkId> ids) {
        return all();
      }

      @Override
      public Set<SourceId> unserved(BotScope scope, Collection<ChunkId> ids) {
        return Set.of();
      }

      @Override
      public Map<ChunkId, FoundChunk> findCited(BotScope scope, Collection<ChunkId> ids) {
        return all();
      }
    };
  }

  private Map<ChunkId, FoundChunk> all() {
    Map<ChunkId, FoundChunk> all = new LinkedHashMap<>();
    chunks.forEach(found -> all.put(found.chunk().id(), found));
    return all;
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
                    : invoke(otherwise, method, args)));
  }

  private static <T> T noticing(Class<T> type, T port, String name, Consumer<Object[]> notice) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, args) -> {
              if (method.getName().equals(name)) {
                notice.accept(args);
              }
              return invoke(port, method, args);
            }));
  }

  private static Object invoke(Object target, Method method, Object[] args) throws Throwable {
    try {
      return method.invoke(target, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
