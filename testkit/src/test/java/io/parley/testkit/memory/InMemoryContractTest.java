package io.parley.testkit.memory;

import io.parley.testkit.persistence.BotRepositoryContract;
import io.parley.testkit.persistence.ConversationRepositoryContract;
import io.parley.testkit.persistence.CorePorts;
import io.parley.testkit.persistence.IdempotencyRepositoryContract;
import io.parley.testkit.persistence.InstanceSecretsContract;
import io.parley.testkit.persistence.RefreshTokenRepositoryContract;
import io.parley.testkit.persistence.TransactionsContract;
import io.parley.testkit.persistence.UserRepositoryContract;
import org.junit.jupiter.api.Nested;

class InMemoryContractTest {

  private static final CorePorts PORTS = inMemory();

  private static CorePorts inMemory() {
    InMemoryDatabase database = new InMemoryDatabase();
    return new CorePorts(
        database,
        new InMemoryUserRepository(database),
        new InMemoryRefreshTokenRepository(database),
        new InMemoryInstanceSecrets(database),
        new InMemoryBotRepository(database),
        new InMemoryConversationRepository(database),
        new InMemoryIdempotencyRepository(database));
  }

  @Nested
  class Users extends UserRepositoryContract {
    @Override
    protected CorePorts ports() {
      return PORTS;
    }
  }

  @Nested
  class Tokens extends RefreshTokenRepositoryContract {
    @Override
    protected CorePorts ports() {
      return PORTS;
    }
  }

  @Nested
  class Secrets extends InstanceSecretsContract {
    @Override
    protected CorePorts ports() {
      return PORTS;
    }
  }

  @Nested
  class Bots extends BotRepositoryContract {
    @Override
    protected CorePorts ports() {
      return PORTS;
    }
  }

  @Nested
  class Conversations extends ConversationRepositoryContract {
    @Override
    protected CorePorts ports() {
      return PORTS;
    }
  }

  @Nested
  class Repeats extends IdempotencyRepositoryContract {
    @Override
    protected CorePorts ports() {
      return PORTS;
    }
  }

  @Nested
  class Together extends TransactionsContract {
    @Override
    protected CorePorts ports() {
      return PORTS;
    }
  }
}
