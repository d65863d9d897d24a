package io.parley.adapter.persistence;

import io.micronaut.context.ApplicationContext;
import io.micronaut.core.type.Argument;
import io.micronaut.data.connection.ConnectionOperations;
import io.micronaut.transaction.TransactionOperations;
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
import java.sql.Connection;

/**
 * PostgreSQL behind the persistence ports. Runs a context of its own, and so lives beside any
 * application, also a Micronaut one. To be closed.
 *
 * <pre>{@code
 * try (PostgresPersistence database = PostgresPersistence.open(config)) {
 *   database.migrate();
 *   database.health().ping();
 * }
 * }</pre>
 */
public final class PostgresPersistence implements Persistence {

  private final PostgresConfig config;
  private final ApplicationContext context;
  private final Sql sql;

  private PostgresPersistence(PostgresConfig config, ApplicationContext context) {
    this.config = config;
    this.context = context;
    this.sql = sql(context);
  }

  @SuppressWarnings("unchecked") // both are asked for by their connection's type
  private static Sql sql(ApplicationContext context) {
    return new Sql(
        (ConnectionOperations<Connection>)
            context.getBean(Argument.of(ConnectionOperations.class, Connection.class)),
        (TransactionOperations<Connection>)
            context.getBean(Argument.of(TransactionOperations.class, Connection.class)));
  }

  /** Sets up the pool; connections are made when they are needed. */
  public static PostgresPersistence open(PostgresConfig config) {
    ApplicationContext context = PersistenceContext.start(config);
    try {
      return new PostgresPersistence(config, context);
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  /**
   * Brings the schema up to date: a step of its own, to be run before the ports are used. Waits for
   * another server that is doing it.
   *
   * @return how many migrations were applied
   * @throws io.parley.domain.port.PortFailure when the database cannot be reached, or its schema is
   *     not one that this version knows
   */
  public int migrate() {
    return new Migrations(config).run();
  }

  /**
   * Encrypts the secrets that the database holds with the first of {@link
   * PostgresConfig#secretKeys}: a step of its own, to be run after {@link #migrate} and before the
   * ports are used. What is encrypted with it already stays.
   *
   * @throws io.parley.domain.port.PortFailure when they are encrypted with a key that is not given
   */
  public void protectSecrets() {
    instanceSecrets().protect();
  }

  private PostgresInstanceSecrets instanceSecrets() {
    return new PostgresInstanceSecrets(sql, new SecretCipher(config.secretKeys()));
  }

  @Override
  public Transactions transactions() {
    return new PostgresTransactions(sql);
  }

  @Override
  public UserRepository users() {
    return new PostgresUserRepository(sql, context.getBean(UserRows.class));
  }

  @Override
  public RefreshTokenRepository refreshTokens() {
    return new PostgresRefreshTokenRepository(sql);
  }

  @Override
  public InstanceSecrets secrets() {
    return instanceSecrets();
  }

  @Override
  public BotRepository bots() {
    return new PostgresBotRepository(sql);
  }

  @Override
  public ConversationRepository conversations() {
    return new PostgresConversationRepository(sql);
  }

  @Override
  public IdempotencyRepository idempotency() {
    return new PostgresIdempotencyRepository(sql);
  }

  @Override
  public DocumentRepository documents() {
    return new PostgresDocumentRepository(sql);
  }

  @Override
  public ChunkRepository chunks() {
    return new PostgresChunkRepository(sql);
  }

  @Override
  public IngestionRepository ingestion() {
    return new PostgresIngestionRepository(sql);
  }

  @Override
  public JobQueue jobs() {
    return new PostgresJobQueue(sql);
  }

  @Override
  public ChangeLog changeLog() {
    return new PostgresChangeLog(sql);
  }

  @Override
  public IndexFeed indexFeed() {
    return new PostgresIndexFeed(sql);
  }

  @Override
  public EmbeddingRepository embeddings() {
    return new PostgresEmbeddingRepository(sql);
  }

  @Override
  public GenerationRepository generations() {
    return new PostgresGenerationRepository(sql);
  }

  @Override
  public ErasureRepository erasures() {
    return new PostgresErasureRepository(sql);
  }

  @Override
  public AccountErasureRepository accountErasures() {
    return new PostgresAccountErasureRepository(sql);
  }

  @Override
  public ReceiptRepository receipts() {
    return new PostgresReceiptRepository(sql);
  }

  @Override
  public Transfer transfer() {
    return new PostgresTransfer(sql);
  }

  @Override
  public DatabaseSpace space() {
    return new PostgresSpace(config);
  }

  @Override
  public Housekeeping housekeeping() {
    return new PostgresHousekeeping(sql);
  }

  @Override
  public Inspection inspection() {
    return new PostgresInspection(sql);
  }

  @Override
  public Reconciliations reconciliations() {
    return new PostgresReconciliations(sql);
  }

  @Override
  public DatabaseHealth health() {
    return new PostgresHealth(sql, config);
  }

  /** For this package's tests. */
  Sql sql() {
    return sql;
  }

  /** Closes the pool. */
  @Override
  public void close() {
    context.close();
  }
}
