package io.parley.testkit.memory;

import io.parley.domain.port.persistence.AccountErasureRepository;
import io.parley.domain.port.persistence.BotRepository;
import io.parley.domain.port.persistence.ChangeLog;
import io.parley.domain.port.persistence.ChunkRepository;
import io.parley.domain.port.persistence.ConversationRepository;
import io.parley.domain.port.persistence.DatabaseHealth;
import io.parley.domain.port.persistence.DatabaseSpace;
import io.parley.domain.port.persistence.DocumentRepository;
import io.parley.domain.port.persistence.EmbeddingRepository;
import io.parley.domain.port.persistence.ErasureRepository;
import io.parley.domain.port.persistence.GenerationRepository;
import io.parley.domain.port.persistence.Housekeeping;
import io.parley.domain.port.persistence.IdempotencyRepository;
import io.parley.domain.port.persistence.IndexFeed;
import io.parley.domain.port.persistence.IngestionRepository;
import io.parley.domain.port.persistence.Inspection;
import io.parley.domain.port.persistence.InstanceSecrets;
import io.parley.domain.port.persistence.JobQueue;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.port.persistence.ReceiptRepository;
import io.parley.domain.port.persistence.Reconciliations;
import io.parley.domain.port.persistence.RefreshTokenRepository;
import io.parley.domain.port.persistence.Transactions;
import io.parley.domain.port.persistence.Transfer;
import io.parley.domain.port.persistence.UserRepository;
import java.util.Set;

/**
 * A whole database in memory, which passes the contracts of the persistence ports. Transactions run
 * one at a time and are rolled back when their work throws.
 *
 * <pre>{@code
 * Persistence database = new InMemoryPersistence();
 * }</pre>
 */
public final class InMemoryPersistence implements Persistence {

  private final InMemoryDatabase database = new InMemoryDatabase();
  private final InMemoryKnowledge knowledge = new InMemoryKnowledge(database);
  private final JobQueue jobs = new InMemoryJobQueue(knowledge);
  private final InMemoryHealth health = new InMemoryHealth();
  private final Reconciliations reconciliations = new InMemoryReconciliations();

  @Override
  public Transactions transactions() {
    return database;
  }

  @Override
  public UserRepository users() {
    return new InMemoryUserRepository(database);
  }

  @Override
  public RefreshTokenRepository refreshTokens() {
    return new InMemoryRefreshTokenRepository(database);
  }

  @Override
  public InstanceSecrets secrets() {
    return new InMemoryInstanceSecrets(database);
  }

  @Override
  public BotRepository bots() {
    return new InMemoryBotRepository(database);
  }

  @Override
  public DocumentRepository documents() {
    return new InMemoryDocumentRepository(knowledge);
  }

  @Override
  public ChunkRepository chunks() {
    return new InMemoryChunkRepository(knowledge);
  }

  @Override
  public IngestionRepository ingestion() {
    return new InMemoryIngestionRepository(knowledge);
  }

  @Override
  public JobQueue jobs() {
    return jobs;
  }

  @Override
  public ChangeLog changeLog() {
    return new InMemoryChangeLog(knowledge);
  }

  @Override
  public IndexFeed indexFeed() {
    return new InMemoryIndexFeed(knowledge);
  }

  @Override
  public GenerationRepository generations() {
    return new InMemoryGenerationRepository(knowledge);
  }

  @Override
  public EmbeddingRepository embeddings() {
    return new InMemoryEmbeddingRepository(knowledge, inspection());
  }

  @Override
  public ConversationRepository conversations() {
    return new InMemoryConversationRepository(knowledge);
  }

  @Override
  public ErasureRepository erasures() {
    return new InMemoryErasureRepository(knowledge);
  }

  @Override
  public IdempotencyRepository idempotency() {
    return new InMemoryIdempotencyRepository(database);
  }

  @Override
  public AccountErasureRepository accountErasures() {
    return new InMemoryAccountErasureRepository(knowledge);
  }

  @Override
  public ReceiptRepository receipts() {
    return new InMemoryReceiptRepository(knowledge);
  }

  @Override
  public Transfer transfer() {
    return new InMemoryTransfer(knowledge);
  }

  /** Memory that is given back keeps nothing. */
  @Override
  public DatabaseSpace space() {
    return Set::of;
  }

  @Override
  public Housekeeping housekeeping() {
    return new InMemoryHousekeeping(knowledge);
  }

  @Override
  public Inspection inspection() {
    return new InMemoryInspection(knowledge, jobs);
  }

  @Override
  public Reconciliations reconciliations() {
    return reconciliations;
  }

  /** Always well. */
  @Override
  public DatabaseHealth health() {
    return health;
  }

  /** From now on {@link #health} says that the database does not answer. */
  public void lose() {
    health.lose();
  }

  /** Holds nothing that has to be closed. */
  @Override
  public void close() {}
}
