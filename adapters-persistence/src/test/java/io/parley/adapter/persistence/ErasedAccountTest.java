package io.parley.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.access.UserScope;
import io.parley.domain.account.RefreshToken;
import io.parley.domain.account.User;
import io.parley.domain.conversation.CitationRef;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.Message;
import io.parley.domain.conversation.MessageId;
import io.parley.domain.document.Document;
import io.parley.domain.document.ErasureId;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.TextSpan;
import io.parley.domain.erasure.ErasureReceipt;
import io.parley.domain.erasure.ErasureReceipt.Place;
import io.parley.domain.erasure.ErasureReceipt.Store;
import io.parley.domain.job.Job;
import io.parley.domain.job.JobId;
import io.parley.domain.job.JobKind;
import io.parley.domain.port.persistence.ReceiptRepository.NewErasure;
import io.parley.testkit.persistence.BotKnowledge;
import io.parley.testkit.persistence.People;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Walks every table that can hold something of a user. A table that a new migration adds must be
 * filled here and emptied by {@link PostgresAccountErasureRepository}, or the walk fails.
 */
class ErasedAccountTest {

  private static final Instant NOW = BotKnowledge.NOW;

  /** Ids without a person: the log remembers what is gone, the receipt is what stays. */
  private static final Set<String> OUTLIVE = Set.of("change_log", "erasures", "erasure_removals");

  private final TestDatabase database = TestDatabase.create();
  private final PostgresPersistence persistence = database.persistence();
  private final BotKnowledge bot = BotKnowledge.in(persistence);
  private final UserScope owner = bot.owner();
  private final ErasureId receipt = new ErasureId(UUID.randomUUID());

  @AfterEach
  void close() {
    database.close();
  }

  /** Tables whose columns say that they hold something of a user or a tenant. */
  private List<String> personal() {
    return texts(
        """
        select distinct t.table_name from information_schema.tables t
        join information_schema.columns c using (table_schema, table_name)
        where t.table_schema = 'public' and t.table_type = 'BASE TABLE'
          and (c.column_name in ('tenant_id', 'user_id', 'owner_id', 'asker_id', 'blob_owner_id')
            or t.table_name in ('users', 'tenants'))
        order by 1
        """);
  }

  /** Tables in which a row says the user's or the tenant's id, in whatever column. */
  private List<String> naming() {
    List<String> found = new ArrayList<>();
    for (String table : personal()) {
      String rows =
          "select count(*)::text from %s t where t::text like '%%%s%%' or t::text like '%%%s%%'"
              .formatted(table, owner.user(), owner.tenant());
      if (!texts(rows).getFirst().equals("0")) {
        found.add(table);
      }
    }
    return found;
  }

  private List<String> texts(String query) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      List<String> texts = new ArrayList<>();
      while (result.next()) {
        texts.add(result.getString(1));
      }
      return texts;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void fillEveryTable() {
    Document document = bot.add("a.txt");
    bot.embed(document.ref(), "One.", "Two.");
    talk(document);
    persistence
        .refreshTokens()
        .add(
            new RefreshToken(
                UUID.randomUUID(), "ab".repeat(32), owner.user(), NOW.plusSeconds(99)));
    persistence.idempotency().claim(owner, "key", "f", NOW, NOW.plusSeconds(60));
    database.execute(
        "insert into identities values ('https://issuer.example', 'sub', '%s', '%s')"
            .formatted(owner.tenant(), owner.user()));
    persistence
        .jobs()
        .add(
            new Job(
                new JobId(UUID.randomUUID()),
                JobKind.INGEST,
                owner.tenant(),
                owner.user(),
                bot.scope().bot(),
                document.id(),
                1,
                null),
            NOW);
    persistence
        .receipts()
        .start(
            owner,
            new NewErasure(receipt, ErasureReceipt.Kind.ACCOUNT, null, null, "ab".repeat(32)),
            NOW);
    persistence.receipts().add(owner, receipt, 1, Place.of(Store.ROWS), 1);
  }

  private void talk(Document document) {
    ConversationId talk = new ConversationId(UUID.randomUUID());
    persistence.conversations().create(owner, talk, bot.scope().bot(), "Talk", Metadata.EMPTY, NOW);
    CitationRef citation =
        new CitationRef(
            1,
            BotKnowledge.chunks(document.ref(), "One.").getFirst().id(),
            document.id(),
            new TextSpan(0, 3),
            0.5);
    persistence
        .conversations()
        .add(
            owner,
            talk,
            List.of(
                new Message(
                    new MessageId(UUID.randomUUID()),
                    talk,
                    Message.Role.ASSISTANT,
                    "One [1].",
                    List.of(citation),
                    false,
                    NOW,
                    null,
                    null,
                    null)),
            NOW);
  }

  private void erase() {
    persistence.accountErasures().close(owner, NOW);
    persistence
        .erasures()
        .tombstones(bot.scope(), null, 100)
        .forEach(source -> {
          persistence.changeLog().sourceRemoved(bot.scope(), source);
          persistence.ingestion().removeRows(bot.scope(), source);
        });
    persistence.accountErasures().remove(owner, receipt);
  }

  @Test
  void nothingOfAnErasedUserIsLeftInAnyTable() {
    fillEveryTable();
    assertThat(naming()).as("tables that this test fills").isEqualTo(personal());

    erase();

    assertThat(naming()).isSubsetOf(OUTLIVE);
    assertThat(texts("select owner_id::text from erasures")).containsOnlyNulls();
    assertThat(texts("select kind from erasures")).containsExactly("account");
  }

  @Test
  void aTableThatTheErasureForgetsIsNoticed() {
    database.execute("create table notes (tenant_id uuid not null, owner_id uuid not null)");
    fillEveryTable();
    assertThat(naming()).as("not filled").isNotEqualTo(personal());
    database.execute(
        "insert into notes values ('%s', '%s')".formatted(owner.tenant(), owner.user()));
    assertThat(naming()).isEqualTo(personal());

    erase();

    assertThat(naming()).contains("notes");
  }

  @Test
  void nobodyElsesRowsAreTouched() {
    User other = People.someone();
    persistence.users().register(other);
    BotKnowledge others = BotKnowledge.in(persistence);
    others.complete(others.add("b.txt").ref(), "Kept.");
    fillEveryTable();

    erase();

    assertThat(persistence.users().find(People.scope(other))).isPresent();
    assertThat(persistence.bots().find(others.scope())).isPresent();
    assertThat(texts("select content from chunks")).containsExactly("Kept.");
  }
}
