package io.parley.application;

import io.parley.application.document.ChunkingOptions;
import io.parley.application.document.IntakeLimits;
import io.parley.application.reconciliation.StoreCheck;
import io.parley.application.relocation.RelocatingBlobStore;
import io.parley.application.retrieval.GenerationAdapters;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.ai.ChatModel;
import io.parley.domain.port.ai.ChatModels;
import io.parley.domain.port.ai.ContentTypeDetector;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.port.ai.TextExtractor;
import io.parley.domain.port.ai.TextSplitter;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.port.storage.BlobStore;
import io.parley.domain.port.vectorstore.KeywordIndex;
import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.domain.retrieval.Fusion;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes the ports that {@link Parley} works with. Every port must be given, one by one or several
 * at once ({@link #with}); the last one given counts. The rest has defaults.
 */
public final class ParleyBuilder {
  private @Nullable Persistence persistence;
  private @Nullable BlobStore blobStore;
  private @Nullable BlobStore blobsBefore;
  @Nullable RelocatingBlobStore relocatingBlobs;
  private @Nullable ContentTypeDetector contentTypeDetector;
  private @Nullable TextExtractor textExtractor;
  private @Nullable TextSplitter textSplitter;
  private @Nullable Embedder embedder;
  private @Nullable VectorStore vectorStore;
  private @Nullable KeywordIndex keywordIndex;
  private @Nullable ChatModels chatModels;
  private @Nullable GenerationAdapters generations;
  String vectorStoreName = "embedded";
  String serverId = "default";
  ChunkingOptions chunking = ChunkingOptions.DEFAULT;
  IntakeLimits intakeLimits = IntakeLimits.DEFAULT;
  Fusion fusion = Fusion.BALANCED;
  long uploadLimit = 10L * 1024 * 1024;
  int ingestWorkers = 2;
  Duration reconcileEvery = Duration.ofDays(1);
  final List<StoreCheck> storeChecks = new ArrayList<>();
  Duration eraseAgainAfter = Duration.ofMinutes(15);
  IdSource ids = IdSource.random();

  /** Ticks in microseconds, as the database keeps them: what is said now reads the same later. */
  InstantSource clock = Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));

  final OpenAdapters opened = new OpenAdapters();

  ParleyBuilder() {}

  /**
   * Opens adapters now. They belong to the Parley that is built, and are closed with it, the last
   * first; or at once, when one of them cannot be opened or {@link #build()} fails.
   */
  public ParleyBuilder with(Adapters adapters) {
    try {
      opened.add(adapters.open(this));
      return this;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  public ParleyBuilder persistence(Persistence value) {
    persistence = value;
    return this;
  }

  public ParleyBuilder blobStore(BlobStore value) {
    blobStore = value;
    return this;
  }

  /**
   * Where the blobs lay before: they come over to the {@link #blobStore} in the background, and are
   * read from wherever they lie.
   */
  public ParleyBuilder moveBlobsFrom(BlobStore value) {
    blobsBefore = value;
    return this;
  }

  public ParleyBuilder contentTypeDetector(ContentTypeDetector value) {
    contentTypeDetector = value;
    return this;
  }

  public ParleyBuilder textExtractor(TextExtractor value) {
    textExtractor = value;
    return this;
  }

  public ParleyBuilder textSplitter(TextSplitter value) {
    textSplitter = value;
    return this;
  }

  public ParleyBuilder embedder(Embedder value) {
    embedder = value;
    return this;
  }

  public ParleyBuilder vectorStore(VectorStore value) {
    vectorStore = value;
    return this;
  }

  public ParleyBuilder keywordIndex(KeywordIndex value) {
    keywordIndex = value;
    return this;
  }

  /** Several models; bots choose by name. */
  public ParleyBuilder chatModels(ChatModels value) {
    chatModels = value;
    return this;
  }

  /** One model for all bots. */
  public ParleyBuilder chatModel(ChatModel value) {
    return chatModels(new SingleChatModel(value));
  }

  /**
   * Opens the stores and embedders of all generations, so that everything can be moved from one to
   * another ({@link Parley#moveKnowledge}). There must be one that serves. Takes the place of
   * {@link #embedder(Embedder)} and {@link #vectorStore(VectorStore)}; the stores that it opens are
   * closed with the Parley.
   */
  public ParleyBuilder generations(GenerationAdapters value) {
    generations = value;
    return this;
  }

  /**
   * The name of the vector store's kind, kept with the generation: {@code embedded}, {@code
   * pgvector}, …
   */
  public ParleyBuilder vectorStoreName(String value) {
    vectorStoreName = value;
    return this;
  }

  /**
   * What tells this server, and its own indexes, from others on the same database. The same after a
   * restart, and another one for each server: those that share a vector store take turns by it.
   */
  public ParleyBuilder serverId(String value) {
    serverId = value;
    return this;
  }

  public ParleyBuilder chunking(ChunkingOptions value) {
    chunking = value;
    return this;
  }

  /** How much is taken in, and may wait for it. */
  public ParleyBuilder intakeLimits(IntakeLimits value) {
    intakeLimits = value;
    return this;
  }

  public ParleyBuilder fusion(Fusion value) {
    fusion = value;
    return this;
  }

  /** Most bytes of one file. */
  public ParleyBuilder uploadLimit(long bytes) {
    uploadLimit = bytes;
    return this;
  }

  /** How many documents are taken in at the same time, at least 1. */
  public ParleyBuilder ingestWorkers(int value) {
    ingestWorkers = value;
    return this;
  }

  /** How often all stores are compared with the database; zero for never. */
  public ParleyBuilder reconcileEvery(Duration value) {
    reconcileEvery = value;
    return this;
  }

  /** Looks through something more whenever the stores are compared. */
  public ParleyBuilder storeCheck(StoreCheck check) {
    storeChecks.add(check);
    return this;
  }

  /**
   * How long after an erasure everything is read back once more, to remove what came late. Longer
   * than anything that may be under way then: leases, uploads, answers.
   */
  public ParleyBuilder eraseAgainAfter(Duration value) {
    eraseAgainAfter = value;
    return this;
  }

  public ParleyBuilder ids(IdSource value) {
    ids = value;
    return this;
  }

  public ParleyBuilder clock(InstantSource value) {
    clock = value;
    return this;
  }

  /**
   * Puts Parley together. It closes what {@link #with} opened, and no other port; it does no work
   * in the background before {@link Parley#start()}. A builder builds once.
   *
   * @throws NullPointerException naming the port that is missing
   */
  public Parley build() {
    try {
      if (blobsBefore != null) {
        relocatingBlobs = new RelocatingBlobStore(blobStore(), blobsBefore);
        blobStore = relocatingBlobs;
      }
      return new Parley(this);
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  Persistence persistence() {
    return given(persistence, "persistence");
  }

  BlobStore blobStore() {
    return given(blobStore, "blobStore");
  }

  ContentTypeDetector contentTypeDetector() {
    return given(contentTypeDetector, "contentTypeDetector");
  }

  TextExtractor textExtractor() {
    return given(textExtractor, "textExtractor");
  }

  TextSplitter textSplitter() {
    return given(textSplitter, "textSplitter");
  }

  /** The embedder given so far, for adapters that depend on its model. */
  public Embedder embedder() {
    return given(embedder, "embedder");
  }

  VectorStore vectorStore() {
    return given(vectorStore, "vectorStore");
  }

  @Nullable GenerationAdapters generations() {
    return generations;
  }

  KeywordIndex keywordIndex() {
    return given(keywordIndex, "keywordIndex");
  }

  ChatModels chatModels() {
    return given(chatModels, "chatModels");
  }

  private static <T> T given(@Nullable T port, String name) {
    return Objects.requireNonNull(port, () -> "Parley needs a port: call " + name + "(…).");
  }
}
