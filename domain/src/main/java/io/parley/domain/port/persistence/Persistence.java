package io.parley.domain.port.persistence;

/** All that one database offers, under one transaction manager. */
public interface Persistence extends AutoCloseable {
  Transactions transactions();

  UserRepository users();

  RefreshTokenRepository refreshTokens();

  InstanceSecrets secrets();

  BotRepository bots();

  DocumentRepository documents();

  ChunkRepository chunks();

  IngestionRepository ingestion();

  JobQueue jobs();

  ChangeLog changeLog();

  IndexFeed indexFeed();

  GenerationRepository generations();

  EmbeddingRepository embeddings();

  ConversationRepository conversations();

  ErasureRepository erasures();

  AccountErasureRepository accountErasures();

  ReceiptRepository receipts();

  IdempotencyRepository idempotency();

  Housekeeping housekeeping();

  Inspection inspection();

  Reconciliations reconciliations();

  Transfer transfer();

  DatabaseSpace space();

  DatabaseHealth health();

  @Override
  void close();
}
