package io.parley.testkit.memory;

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
import org.junit.jupiter.api.Nested;

class InMemoryPersistenceContractTest {

  private final InMemoryPersistence database = new InMemoryPersistence();

  @Nested
  class Documents extends DocumentRepositoryContract {
    @Override
    protected Persistence persistence() {
      return database;
    }
  }

  @Nested
  class Chunks extends ChunkRepositoryContract {
    @Override
    protected Persistence persistence() {
      return database;
    }
  }

  @Nested
  class Ingestion extends IngestionRepositoryContract {
    @Override
    protected Persistence persistence() {
      return database;
    }
  }

  @Nested
  class Jobs extends JobQueueContract {
    @Override
    protected Persistence persistence() {
      return database;
    }
  }

  @Nested
  class Log extends ChangeLogContract {
    @Override
    protected Persistence persistence() {
      return database;
    }
  }

  @Nested
  class Generations extends GenerationRepositoryContract {
    @Override
    protected Persistence persistence() {
      return database;
    }
  }

  @Nested
  class Embeddings extends EmbeddingRepositoryContract {
    @Override
    protected Persistence persistence() {
      return database;
    }
  }

  @Nested
  class Receipts extends ReceiptRepositoryContract {
    @Override
    protected Persistence persistence() {
      return database;
    }
  }

  @Nested
  class Accounts extends AccountErasureRepositoryContract {
    @Override
    protected Persistence persistence() {
      return database;
    }
  }

  @Nested
  class Erasures extends ErasureRepositoryContract {
    @Override
    protected Persistence persistence() {
      return database;
    }
  }

  @Nested
  class Housekeeping extends HousekeepingContract {
    @Override
    protected Persistence persistence() {
      return database;
    }
  }

  @Nested
  class Inspections extends InspectionContract {
    @Override
    protected Persistence persistence() {
      return database;
    }
  }

  @Nested
  class Turns extends ReconciliationsContract {
    @Override
    protected Persistence persistence() {
      return database;
    }
  }

  @Nested
  class Space extends DatabaseSpaceContract {
    @Override
    protected Persistence persistence() {
      return database;
    }
  }

  @Nested
  class Snapshots extends SnapshotContract {
    @Override
    protected Persistence persistence() {
      return database;
    }
  }

  @Nested
  class Transfers extends TransferContract {
    private final InMemoryPersistence other = new InMemoryPersistence();

    @Override
    protected Persistence persistence() {
      return database;
    }

    @Override
    protected Persistence another() {
      return other;
    }
  }

  @Nested
  class Health extends DatabaseHealthContract {
    @Override
    protected DatabaseHealth serving() {
      return database.health();
    }

    @Override
    protected DatabaseHealth lost() {
      InMemoryPersistence lost = new InMemoryPersistence();
      lost.lose();
      return lost.health();
    }
  }
}
