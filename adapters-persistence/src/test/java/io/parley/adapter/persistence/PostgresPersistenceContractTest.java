package io.parley.adapter.persistence;

import io.parley.domain.port.persistence.DatabaseHealth;
import io.parley.domain.port.persistence.Persistence;
import io.parley.testkit.persistence.AccountErasureRepositoryContract;
import io.parley.testkit.persistence.ChangeLogContract;
import io.parley.testkit.persistence.ChunkRepositoryContract;
import io.parley.testkit.persistence.DatabaseHealthContract;
import io.parley.testkit.persistence.DatabaseSpaceContract;
import io.parley.testkit.persistence.DocumentRepositoryContract;
import io.parley.testkit.persistence.EmbeddingRepositoryContract;
import io.parley.testkit.persistence.ErasureRepositoryContract;
import io.parley.testkit.persistence.GenerationRepositoryContract;
import io.parley.testkit.persistence.HousekeepingContract;
import io.parley.testkit.persistence.IngestionRepositoryContract;
import io.parley.testkit.persistence.InspectionContract;
import io.parley.testkit.persistence.JobQueueContract;
import io.parley.testkit.persistence.ReceiptRepositoryContract;
import io.parley.testkit.persistence.ReconciliationsContract;
import io.parley.testkit.persistence.SnapshotContract;
import io.parley.testkit.persistence.TransferContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

class PostgresPersistenceContractTest {

  private static final TestDatabase DATABASE = TestDatabase.create();

  /** Of those who leave work behind that others would count. */
  private static final TestDatabase UNFINISHED = TestDatabase.create();

  @AfterAll
  static void close() {
    DATABASE.close();
    UNFINISHED.close();
  }

  @Nested
  class Documents extends DocumentRepositoryContract {
    @Override
    protected Persistence persistence() {
      return DATABASE.persistence();
    }
  }

  @Nested
  class Chunks extends ChunkRepositoryContract {
    @Override
    protected Persistence persistence() {
      return DATABASE.persistence();
    }
  }

  @Nested
  class Ingestion extends IngestionRepositoryContract {
    @Override
    protected Persistence persistence() {
      return UNFINISHED.persistence();
    }
  }

  @Nested
  class Jobs extends JobQueueContract {
    @Override
    protected Persistence persistence() {
      return DATABASE.persistence();
    }
  }

  @Nested
  class Log extends ChangeLogContract {
    @Override
    protected Persistence persistence() {
      return DATABASE.persistence();
    }
  }

  @Nested
  class Generations extends GenerationRepositoryContract {
    private final TestDatabase database = TestDatabase.create();

    @AfterEach
    void close() {
      database.close();
    }

    @Override
    protected Persistence persistence() {
      return database.persistence();
    }
  }

  @Nested
  class Embeddings extends EmbeddingRepositoryContract {
    private final TestDatabase database = TestDatabase.create();

    @AfterEach
    void close() {
      database.close();
    }

    @Override
    protected Persistence persistence() {
      return database.persistence();
    }
  }

  @Nested
  class Receipts extends ReceiptRepositoryContract {
    @Override
    protected Persistence persistence() {
      return DATABASE.persistence();
    }
  }

  @Nested
  class Accounts extends AccountErasureRepositoryContract {
    @Override
    protected Persistence persistence() {
      return DATABASE.persistence();
    }
  }

  @Nested
  class Erasures extends ErasureRepositoryContract {
    @Override
    protected Persistence persistence() {
      return DATABASE.persistence();
    }
  }

  @Nested
  class Housekeeping extends HousekeepingContract {
    @Override
    protected Persistence persistence() {
      return DATABASE.persistence();
    }
  }

  @Nested
  class Inspections extends InspectionContract {
    @Override
    protected Persistence persistence() {
      return UNFINISHED.persistence();
    }
  }

  @Nested
  class Turns extends ReconciliationsContract {
    @Override
    protected Persistence persistence() {
      return DATABASE.persistence();
    }
  }

  @Nested
  class Space extends DatabaseSpaceContract {
    @Override
    protected Persistence persistence() {
      return DATABASE.persistence();
    }
  }

  @Nested
  class Snapshots extends SnapshotContract {
    @Override
    protected Persistence persistence() {
      return DATABASE.persistence();
    }
  }

  @Nested
  class Transfers extends TransferContract {
    private final TestDatabase other = TestDatabase.create();

    @AfterEach
    void close() {
      other.close();
    }

    @Override
    protected Persistence persistence() {
      return DATABASE.persistence();
    }

    @Override
    protected Persistence another() {
      return other.persistence();
    }
  }

  @Nested
  class Health extends DatabaseHealthContract {
    private final TestDatabase leaving = TestDatabase.create();

    @AfterEach
    void close() {
      leaving.close();
    }

    @Override
    protected DatabaseHealth serving() {
      return leaving.persistence().health();
    }

    @Override
    protected DatabaseHealth lost() {
      leaving.persistence().health().ping();
      leaving.lose();
      return leaving.persistence().health();
    }
  }
}
