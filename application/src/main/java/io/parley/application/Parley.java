package io.parley.application;

import io.parley.application.account.ChangePassword;
import io.parley.application.account.IdentifyUser;
import io.parley.application.account.LogIn;
import io.parley.application.account.LogOut;
import io.parley.application.account.RefreshSession;
import io.parley.application.account.RegisterUser;
import io.parley.application.account.RegistrationMode;
import io.parley.application.account.SetupCode;
import io.parley.application.background.KeepHouse;
import io.parley.application.background.WorkSignal;
import io.parley.application.bot.AuthorizeBot;
import io.parley.application.bot.BrowseBots;
import io.parley.application.bot.ChangeBot;
import io.parley.application.bot.CreateBot;
import io.parley.application.conversation.AnswerQuestion;
import io.parley.application.conversation.BrowseConversations;
import io.parley.application.conversation.StartConversation;
import io.parley.application.document.DocumentUseCases;
import io.parley.application.document.JobScheduler;
import io.parley.application.document.OwnIndex;
import io.parley.application.reconciliation.ReconcileRegularly;
import io.parley.application.reconciliation.ReconcileStores;
import io.parley.application.reconciliation.StoreChecks;
import io.parley.application.relocation.MoveBlobs;
import io.parley.application.retrieval.BuildGeneration;
import io.parley.application.retrieval.FollowIndexes;
import io.parley.application.retrieval.FollowLog;
import io.parley.application.retrieval.GenerationAdapters;
import io.parley.application.retrieval.MoveKnowledge;
import io.parley.application.retrieval.OpenGenerations;
import io.parley.application.retrieval.SearchKnowledge;
import io.parley.application.retrieval.ServingGeneration;
import io.parley.application.transfer.ExportKnowledge;
import io.parley.application.transfer.ImportKnowledge;
import io.parley.domain.erasure.ErasureReceipt.Store;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.port.security.PasswordHasher;
import io.parley.domain.port.storage.Archives;
import io.parley.domain.port.vectorstore.KeywordIndex;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.Generation;
import io.parley.domain.retrieval.IndexedWords;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The door for programs: takes ports, gives use cases. It works on queued documents and keeps its
 * indexes up between {@link #start()} and {@link #close()}.
 */
public final class Parley implements AutoCloseable {
  private final ParleyBuilder parts;
  private final Persistence persistence;
  private final OpenGenerations generations;
  private final BuildGeneration buildGeneration;
  private final MoveKnowledge moveKnowledge;
  private final CreateBot createBot;
  private final DocumentUseCases documents;
  private final SearchKnowledge search;
  private final AnswerQuestion answerQuestion;
  private final FollowIndexes followers;
  private final KeepHouse keepHouse;
  private final FollowLog<IndexedWords> wordLog;
  private final ReconcileStores reconcileStores;
  private final ReconcileRegularly reconcileRegularly;
  private final @Nullable MoveBlobs moveBlobs;
  private final WorkSignal log = new WorkSignal();
  private final WorkSignal jobs = new WorkSignal();
  private final Semaphore imports = new Semaphore(1);
  private boolean works;

  Parley(ParleyBuilder parts) {
    this.parts = parts;
    persistence = parts.persistence();
    KeywordIndex words = parts.keywordIndex();
    followers = new FollowIndexes(persistence.indexFeed(), log, parts.serverId, parts.clock);
    Generation serves = serves(parts);
    GenerationAdapters adapters = GivenAdapters.of(parts, serves);
    generations =
        new OpenGenerations(serves, persistence, adapters, followers, parts.serverId, parts.clock);
    buildGeneration = new BuildGeneration(generations, persistence, parts.serverId, parts.clock);
    moveKnowledge =
        new MoveKnowledge(
            generations, buildGeneration, adapters, persistence, parts.ids, parts.clock);
    createBot = new CreateBot(persistence.bots(), parts.chatModels(), parts.ids, parts.clock);
    OwnIndex ownWords =
        new OwnIndex(
            ServingGeneration.follower(parts.serverId, "words", null, words),
            Store.WORDS,
            null,
            words);
    documents =
        documents(parts, jobs, log, generations::embedder, () -> indexes(generations, ownWords));
    wordLog = followers.add(ownWords.follower(), words);
    search =
        new SearchKnowledge(
            generations::index, words, persistence.chunks(), parts.fusion, wordLog::requireWhole);
    answerQuestion =
        new AnswerQuestion(
            persistence.conversations(),
            persistence.bots(),
            persistence.chunks(),
            search,
            parts.chatModels(),
            parts.ids,
            parts.clock);
    keepHouse = new KeepHouse(persistence.housekeeping(), parts.clock);
    reconcileStores = reconcileStores(parts, generations, wordLog, jobs);
    reconcileRegularly =
        new ReconcileRegularly(
            reconcileStores,
            persistence.reconciliations(),
            parts.serverId,
            parts.reconcileEvery,
            parts.clock);
    moveBlobs =
        parts.relocatingBlobs == null
            ? null
            : new MoveBlobs(
                parts.relocatingBlobs,
                persistence.inspection(),
                persistence.reconciliations(),
                parts.ids.next(),
                parts.clock);
  }

  /** What is there decides; without a catalogue, it must be what was given. */
  private static Generation serves(ParleyBuilder parts) {
    ServingGeneration serving =
        new ServingGeneration(parts.persistence().generations(), parts.ids, parts.clock);
    return parts.generations() == null
        ? serving.require(parts.embedder().model(), parts.vectorStoreName)
        : serving.existing();
  }

  private static List<OwnIndex> indexes(OpenGenerations generations, OwnIndex words) {
    return Stream.concat(
            generations.all().stream()
                .map(open ->
                    new OwnIndex(
                        open.follower(), Store.VECTORS, open.generation().id(), open.store())),
            Stream.of(words))
        .toList();
  }

  private static ReconcileStores reconcileStores(
      ParleyBuilder parts,
      OpenGenerations generations,
      FollowLog<IndexedWords> words,
      WorkSignal jobs) {
    return new StoreChecks(
            parts.persistence(), parts.blobStore(), jobs, parts.serverId, parts.ids, parts.clock)
        .over(generations, words, parts.storeChecks);
  }

  private static DocumentUseCases documents(
      ParleyBuilder parts,
      WorkSignal jobs,
      WorkSignal log,
      Supplier<Embedder> embedder,
      Supplier<List<OwnIndex>> indexes) {
    return new DocumentUseCases(
        new DocumentUseCases.Parts(
            parts.persistence(),
            parts.blobStore(),
            parts.contentTypeDetector(),
            parts.textExtractor(),
            parts.textSplitter(),
            parts.chunking,
            parts.intakeLimits,
            embedder,
            indexes,
            jobs,
            log,
            parts.uploadLimit,
            parts.eraseAgainAfter,
            parts.ingestWorkers,
            parts.serverId,
            parts.ids,
            parts.clock));
  }

  public static ParleyBuilder builder() {
    return new ParleyBuilder();
  }

  /** Begins to work in the background, unless it does already. */
  public synchronized Parley start() {
    if (works) {
      return this;
    }
    works = true;
    followers.start();
    buildGeneration.start();
    documents.start();
    keepHouse.start();
    reconcileRegularly.start();
    if (moveBlobs != null) {
      moveBlobs.start();
    }
    return this;
  }

  /** Whether it works in the background. */
  public synchronized boolean works() {
    return works;
  }

  /** Looks for work at once: for programs whose clock was moved on, so that more is due. */
  public void wake() {
    jobs.raise();
    log.raise();
  }

  /**
   * A bot of this program's own user, for programs that have no users: made at first, found again
   * later.
   */
  public LocalBot localBot(String name) {
    return LocalBot.open(this, persistence, parts, name);
  }

  /** The index that answers now. */
  public Generation generation() {
    return generations.serving().generation();
  }

  /** The embedding models of all indexes that are open here, whether they answer or not. */
  public Set<EmbeddingModel> models() {
    return generations.all().stream()
        .map(open -> open.generation().model())
        .collect(Collectors.toSet());
  }

  /** Moves everything to another model or store, and back. */
  public MoveKnowledge moveKnowledge() {
    return moveKnowledge;
  }

  public AuthorizeBot authorizeBot() {
    return new AuthorizeBot(persistence.bots());
  }

  public CreateBot createBot() {
    return createBot;
  }

  public BrowseBots browseBots() {
    return new BrowseBots(persistence.bots(), createBot);
  }

  public ChangeBot changeBot() {
    return new ChangeBot(
        persistence.bots(), parts.chatModels(), persistence.transactions(), parts.clock);
  }

  public DocumentUseCases documents() {
    return documents;
  }

  public SearchKnowledge searchKnowledge() {
    return search;
  }

  public StartConversation startConversation() {
    return new StartConversation(persistence.conversations(), parts.ids, parts.clock);
  }

  public BrowseConversations browseConversations() {
    return new BrowseConversations(
        persistence.conversations(), persistence.bots(), persistence.chunks(), parts.clock);
  }

  /** Compares all stores with the database; also does so by itself. */
  public ReconcileStores reconcileStores() {
    return reconcileStores;
  }

  /** Writes a bot, or everything, into an archive. */
  public ExportKnowledge exportKnowledge(Archives archives) {
    return new ExportKnowledge(archives, persistence.transfer(), parts.blobStore(), parts.clock);
  }

  /** Brings in what an archive holds; indexing it is work in the background. */
  public ImportKnowledge importKnowledge(Archives archives) {
    return new ImportKnowledge(
        archives,
        persistence,
        parts.blobStore(),
        new JobScheduler(persistence.jobs(), parts.ids, parts.clock),
        jobs,
        parts.clock,
        imports);
  }

  /**
   * Whether everything that was queued is done: no document waits to be taken in, each index that
   * answers has read the log to its end, and what they have passed is complete.
   */
  public boolean isIdle() {
    return Idleness.isIdle(persistence, parts.clock.instant());
  }

  /**
   * Refuses while the vectors of the index that answers are not all there, or cannot be counted.
   *
   * @throws io.parley.domain.port.PortFailure {@code UNAVAILABLE} while they are being built
   */
  public void requireVectors() {
    generations.serving().store().count();
    generations.requireWhole();
  }

  /**
   * Refuses while the words are not all there.
   *
   * @throws io.parley.domain.port.PortFailure {@code UNAVAILABLE} while they are being built
   */
  public void requireWords() {
    wordLog.requireWhole();
  }

  public AnswerQuestion answerQuestion() {
    return answerQuestion;
  }

  public RegisterUser registerUser(
      PasswordHasher hasher, RegistrationMode mode, SetupCode setupCode) {
    return new RegisterUser(
        persistence.users(),
        setupCode,
        hasher,
        persistence.transactions(),
        mode,
        parts.ids,
        parts.clock);
  }

  public LogIn logIn(PasswordHasher hasher) {
    return new LogIn(
        persistence.users(), persistence.refreshTokens(), hasher, parts.ids, parts.clock);
  }

  public RefreshSession refreshSession() {
    return new RefreshSession(
        persistence.users(), persistence.refreshTokens(), persistence.transactions(), parts.clock);
  }

  public LogOut logOut() {
    return new LogOut(persistence.refreshTokens());
  }

  public ChangePassword changePassword(PasswordHasher hasher) {
    return new ChangePassword(
        persistence.users(), persistence.refreshTokens(), hasher, persistence.transactions());
  }

  public IdentifyUser identifyUser() {
    return new IdentifyUser(persistence.users());
  }

  /**
   * Ends the work in the background at its next checkpoint, within 15 seconds; what is left is done
   * after the next start, or by another server at once. Use cases can still be called.
   */
  public void stop() {
    try (ExecutorService closing = Executors.newVirtualThreadPerTaskExecutor()) {
      closing.execute(reconcileRegularly::close);
      closing.execute(keepHouse::close);
      if (moveBlobs != null) {
        closing.execute(moveBlobs::close);
      }
      closing.execute(documents::close);
      closing.execute(buildGeneration::close);
      closing.execute(followers::close);
    }
  }

  /**
   * {@link #stop}s, and closes the adapters that its builder opened and the stores of generations;
   * ports that were given stay.
   */
  @Override
  public void close() {
    stop();
    if (parts.generations() != null) {
      generations.close();
    }
    parts.opened.close();
  }
}
