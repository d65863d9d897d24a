package io.parley.adapter.persistence;

import io.parley.testkit.persistence.BotRepositoryContract;
import io.parley.testkit.persistence.ConversationRepositoryContract;
import io.parley.testkit.persistence.CorePorts;
import io.parley.testkit.persistence.IdempotencyRepositoryContract;
import io.parley.testkit.persistence.InstanceSecretsContract;
import io.parley.testkit.persistence.RefreshTokenRepositoryContract;
import io.parley.testkit.persistence.TransactionsContract;
import io.parley.testkit.persistence.UserRepositoryContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

class CoreContractTest {

  private static final TestDatabase DATABASE = TestDatabase.create();

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  private static CorePorts postgres() {
    PostgresPersistence persistence = DATABASE.persistence();
    return new CorePorts(
        persistence.transactions(),
        persistence.users(),
        persistence.refreshTokens(),
        persistence.instanceSecrets(),
        persistence.bots(),
        persistence.conversations(),
        persistence.idempotency());
  }

  @Nested
  class Users extends UserRepositoryContract {
    @Override
    protected CorePorts ports() {
      return postgres();
    }
  }

  @Nested
  class Tokens extends RefreshTokenRepositoryContract {
    @Override
    protected CorePorts ports() {
      return postgres();
    }
  }

  @Nested
  class Secrets extends InstanceSecretsContract {
    @Override
    protected CorePorts ports() {
      return postgres();
    }
  }

  @Nested
  class Bots extends BotRepositoryContract {
    @Override
    protected CorePorts ports() {
      return postgres();
    }
  }

  @Nested
  class Conversations extends ConversationRepositoryContract {
    @Override
    protected CorePorts ports() {
      return postgres();
    }
  }

  @Nested
  class Repeats extends IdempotencyRepositoryContract {
    @Override
    protected CorePorts ports() {
      return postgres();
    }
  }

  @Nested
  class Together extends TransactionsContract {
    @Override
    protected CorePorts ports() {
      return postgres();
    }
  }
}
