package io.parley.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.access.UserScope;
import io.parley.domain.account.RefreshToken;
import io.parley.domain.account.User;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.document.ErasureId;
import io.parley.domain.document.Metadata;
import io.parley.domain.erasure.ErasureReceipt;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.persistence.AccountErasureRepository;
import io.parley.domain.port.persistence.AccountErasureRepository.Closing;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.port.persistence.ReceiptRepository.NewErasure;
import io.parley.domain.port.persistence.RefreshTokenRepository.Spending;
import io.parley.domain.port.persistence.UserRepository.Registration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link AccountErasureRepository} does. */
public abstract class AccountErasureRepositoryContract {

  private static final Instant NOW = BotKnowledge.NOW;
  private static final String TOKEN = "a".repeat(32);

  private User person;
  private UserScope scope;

  /** The database under test. */
  protected abstract Persistence persistence();

  @BeforeEach
  void register() {
    person = People.someone();
    scope = People.scope(person);
    persistence().users().register(person);
  }

  private AccountErasureRepository accounts() {
    return persistence().accountErasures();
  }

  private static String hash() {
    return (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
  }

  private ConversationId talk() {
    ConversationId id = new ConversationId(UUID.randomUUID());
    BotKnowledge other = BotKnowledge.in(persistence());
    persistence()
        .conversations()
        .create(scope, id, other.scope().bot(), TOKEN, Metadata.EMPTY, NOW);
    return id;
  }

  private User staff() {
    User user = People.someone();
    User staff =
        new User(
            user.id(),
            user.tenant(),
            user.username(),
            user.email(),
            user.firstName(),
            user.lastName(),
            user.passwordHash(),
            user.passwordVersion(),
            true,
            true,
            false,
            user.dateJoined(),
            null,
            User.FREE,
            null);
    persistence().users().register(staff);
    return staff;
  }

  @Test
  void endsAnAccountAtOnceAndFreesItsNames() {
    String hash = hash();
    persistence()
        .refreshTokens()
        .add(new RefreshToken(UUID.randomUUID(), hash, person.id(), NOW.plusSeconds(99)));
    ConversationId talk = talk();

    assertThat(accounts().close(scope, NOW)).isInstanceOf(Closing.Closed.class);

    User closed = persistence().users().findForCredential(person.id()).orElseThrow();
    assertThat(closed.active()).isFalse();
    assertThat(closed.username()).isNull();
    assertThat(closed.email()).isNull();
    assertThat(closed.firstName()).isNull();
    assertThat(closed.passwordHash()).isNull();
    assertThat(persistence().refreshTokens().spend(hash, NOW)).isInstanceOf(Spending.Invalid.class);
    assertThat(persistence().conversations().find(scope, talk)).isEmpty();
    String username = String.valueOf(person.username());
    assertThat(persistence().users().findForLogin(username)).isEmpty();
    User next = People.named(username, String.valueOf(person.email()));
    assertThat(persistence().users().register(next)).isInstanceOf(Registration.Registered.class);
  }

  @Test
  void closesAnAccountOnce() {
    accounts().close(scope, NOW);

    assertThat(accounts().close(scope, NOW)).isInstanceOf(Closing.Gone.class);
  }

  @Test
  void tombstonesEveryBotOfTheAccount() {
    BotKnowledge bot = BotKnowledge.in(persistence());
    bot.add("a.txt");

    accounts().close(bot.owner(), NOW);

    assertThat(persistence().bots().find(bot.scope())).isEmpty();
    assertThat(persistence().documents().list(bot.scope(), new ListRequest(0, 9)).items())
        .isEmpty();
    assertThat(accounts().bots(bot.owner(), 9)).containsExactly(bot.scope().bot());
    assertThat(persistence().erasures().tombstones(bot.scope(), null, 9)).hasSize(1);
  }

  @Test
  void letsTheLastOfStaffStay() {
    UserScope first = People.scope(staff());
    assertThat(accounts().close(first, NOW)).isInstanceOf(Closing.LastOfStaff.class);
    assertThat(persistence().users().find(first).orElseThrow().active()).isTrue();

    UserScope second = People.scope(staff());
    assertThat(accounts().close(first, NOW)).isInstanceOf(Closing.Closed.class);
    assertThat(accounts().close(second, NOW)).isInstanceOf(Closing.LastOfStaff.class);
  }

  @Test
  void removesWhatComesLate() {
    accounts().close(scope, NOW);
    ConversationId late = talk();

    assertThat(accounts().removeLate(scope, NOW)).isEqualTo(1);

    assertThat(persistence().conversations().find(scope, late)).isEmpty();
    assertThat(accounts().removeLate(scope, NOW)).isZero();
  }

  @Test
  void changesNothingOfAnAccountThatIsNotClosed() {
    ConversationId talk = talk();
    ErasureId none = new ErasureId(UUID.randomUUID());

    assertThat(accounts().removeLate(scope, NOW)).isZero();
    assertThat(accounts().remove(scope, none)).isZero();

    assertThat(persistence().users().find(scope)).isPresent();
    assertThat(persistence().conversations().find(scope, talk)).isPresent();
  }

  @Test
  void removesTheLastRowsAndLeavesTheReceiptToWhoHasItsKey() {
    ErasureId receipt = new ErasureId(UUID.randomUUID());
    accounts().close(scope, NOW);
    persistence()
        .receipts()
        .start(
            scope, new NewErasure(receipt, ErasureReceipt.Kind.ACCOUNT, null, null, hash()), NOW);

    assertThat(accounts().remove(scope, receipt)).isPositive();

    assertThat(persistence().users().findForCredential(person.id())).isEmpty();
    assertThat(persistence().receipts().find(scope, receipt)).isEmpty();
    assertThat(persistence().receipts().findKeyed(receipt)).isPresent();
    assertThat(accounts().close(scope, NOW)).isInstanceOf(Closing.Gone.class);
  }

  @Test
  void changesNothingInAForeignScope() {
    UserScope foreign = People.inForeignTenant(person);
    BotKnowledge bot = BotKnowledge.in(persistence());

    assertThat(accounts().close(foreign, NOW)).isInstanceOf(Closing.Gone.class);
    accounts().close(scope, NOW);
    assertThat(accounts().removeLate(foreign, NOW)).isZero();
    assertThat(accounts().remove(foreign, new ErasureId(UUID.randomUUID()))).isZero();
    assertThat(accounts().bots(foreign, 9)).isEmpty();

    assertThat(persistence().users().findForCredential(person.id())).isPresent();
    assertThat(persistence().bots().find(bot.scope())).isPresent();
  }
}
