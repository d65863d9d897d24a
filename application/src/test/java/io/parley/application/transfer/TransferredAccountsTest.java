package io.parley.application.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.application.Bench;
import io.parley.application.transfer.ImportKnowledge.Result;
import io.parley.domain.access.Access;
import io.parley.domain.access.Actor;
import io.parley.domain.access.BotScope;
import io.parley.domain.account.PasswordHash;
import io.parley.domain.account.TenantId;
import io.parley.domain.account.User;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.BotId;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.PortFailure;
import io.parley.domain.transfer.Identity;
import io.parley.domain.transfer.Selection;
import io.parley.domain.transfer.Standing;
import io.parley.domain.transfer.Tenant;
import io.parley.testkit.storage.InMemoryArchives;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose things are when they arrive. */
class TransferredAccountsTest {
  private static final Selection EVERYTHING = new Selection.Everything();
  private static final String NOON = "The Marigold sails at noon.";

  private final InMemoryArchives archives = new InMemoryArchives();
  private final TransferBench from = new TransferBench(archives);
  private final TransferBench to = new TransferBench(archives);

  @AfterEach
  void end() {
    from.close();
    to.close();
  }

  private void knowledge() throws InterruptedException {
    from.complete("log.txt", NOON);
    from.ask("When does the Marigold sail?");
  }

  private User named(TransferBench at, String name) {
    return named(at, name, false);
  }

  private User named(TransferBench at, String name, boolean staff) {
    User user =
        new User(
            new UserId(UUID.randomUUID()),
            new TenantId(UUID.randomUUID()),
            name,
            null,
            null,
            null,
            new PasswordHash("{test}secret"),
            0,
            staff,
            true,
            false,
            Instant.EPOCH,
            null,
            User.FREE,
            null);
    at.bench.database.users().register(user);
    return user;
  }

  @Test
  void accountsKeepTheirIdsAndPasswords() throws InterruptedException {
    User ada = named(from, "ada");
    from.exported(EVERYTHING);
    to.imported();

    assertThat(to.bench.database.users().findForLogin("ADA")).contains(ada);
  }

  private static Identity identity(User user, String subject) {
    return new Identity("https://id.example", subject, user.tenant(), user.id());
  }

  @Test
  void anIdentityComesOnlyWithItsAccount() throws InterruptedException {
    User ada = named(from, "ada");
    User eve = named(from, "eve");
    to.bench.database.transfer().add(new Tenant(ada.tenant(), Instant.EPOCH));
    to.bench.database.transfer().add(ada);
    from.bench.database.transfer().add(identity(ada, "forged"));
    from.bench.database.transfer().add(identity(eve, "her own"));
    from.exported(EVERYTHING);

    ImportReport report = to.imported();

    assertThat(report.accountsThere()).isEqualTo(1);
    assertThat(to.bench.database.transfer().of(identity(ada, "forged"))).isEqualTo(Standing.NEW);
    assertThat(to.bench.database.transfer().of(identity(eve, "her own"))).isEqualTo(Standing.THERE);
  }

  @Test
  void accountsAndTheirIdentitiesComeTogetherOrNotAtAll() throws InterruptedException {
    User ada = named(from, "ada");
    from.bench.database.transfer().add(identity(ada, "her own"));
    from.exported(EVERYTHING);
    List<String> before = to.all(EVERYTHING);
    assertThatThrownBy(() ->
            to.parley
                .importKnowledge(archives)
                .run(
                    TransferBench.FILE,
                    null,
                    sentence -> {
                      if (sentence.startsWith("Importing accounts: 2")) {
                        throw new IllegalStateException("killed");
                      }
                    }))
        .hasMessage("killed");
    assertThat(to.all(EVERYTHING)).isEqualTo(before);

    to.imported();

    assertThat(to.bench.database.transfer().of(identity(ada, "her own"))).isEqualTo(Standing.THERE);
  }

  @Test
  void onlyAnArchiveOfEverythingBringsStaff() throws InterruptedException {
    User ada = named(from, "ada", true);
    BotScope hers = from.bench.newBot(Actor.Person.of(ada.tenant(), ada.id(), true), "Hers", false);
    from.exported(new Selection.OneBot(hers.bot()));
    to.imported();
    from.exported(EVERYTHING);
    try (TransferBench other = new TransferBench(archives)) {
      other.imported();

      assertThat(other.bench.database.users().findForLogin("ada")).contains(ada);
    }

    assertThat(to.bench.database.users().findForLogin("ada")).contains(ada.withoutStaff());
    assertThat(ada.withoutStaff().staff()).isFalse();
  }

  @Test
  void aUserNameThatIsTakenIsRefusedBeforeAnythingIsWritten() throws InterruptedException {
    knowledge();
    named(from, "ada");
    named(to, "Ada");
    from.exported(EVERYTHING);
    List<String> before = to.all(EVERYTHING);

    assertThat(to.imports(null))
        .isInstanceOfSatisfying(
            Result.Refused.class,
            refused ->
                assertThat(refused.sentence())
                    .contains("the user name \"ada\"", "nothing was", "item "));
    assertThat(to.all(EVERYTHING)).isEqualTo(before);
    assertThat(to.bench.blobs.size()).isZero();
  }

  @Test
  void aBotMayBeGivenToAnAccountThatIsHere() throws InterruptedException {
    knowledge();
    from.exported(from.thisBot());
    User ada = named(to, "ada");

    assertThat(to.imports("Ada")).isInstanceOf(Result.Imported.class);
    Bench.until(to.parley::isIdle);

    BotScope scope = to.arrived(from.bench.scope);
    assertThat(scope.owner()).isEqualTo(ada.id());
    assertThat(to.bench.database.users().findForCredential(from.bench.person.user())).isEmpty();
    assertThat(to.found(scope, "Marigold sails noon")).contains(NOON);
    assertThat(
            to.bench
                .database
                .conversations()
                .list(
                    Access.own(Actor.Person.of(ada.tenant(), ada.id(), false)),
                    scope.bot(),
                    new ListRequest(0, 10))
                .items())
        .hasSize(1);
    assertThat(to.bench.blobs.list(null, 10).items())
        .allMatch(blob -> blob.place().contains(ada.id().toString()));
    assertThat(to.imports(null))
        .as("now it belongs to somebody else")
        .isInstanceOf(Result.Refused.class);
  }

  @Test
  void whatCannotBeDoneIsSaid() throws InterruptedException {
    from.exported(EVERYTHING);
    named(to, "ada");

    assertThat(to.imports("nobody"))
        .isEqualTo(new Result.Refused("There is no account \"nobody\" here."));
    assertThat(to.imports("ada")).isInstanceOf(Result.Refused.class);
    BotId unknown = new BotId(new UUID(0, 1));
    assertThat(
            from.parley
                .exportKnowledge(archives)
                .run(
                    new ExportRequest(
                        TransferBench.FILE, new Selection.OneBot(unknown), true, "test"),
                    TransferProgress.NONE))
        .isEqualTo(
            new ExportKnowledge.Result.Refused("There is no bot with the id " + unknown + "."));
    assertThatThrownBy(() ->
            from.parley
                .exportKnowledge(archives)
                .run(
                    new ExportRequest(TransferBench.FILE, EVERYTHING, false, "test"),
                    TransferProgress.NONE))
        .isInstanceOf(PortFailure.class);
  }
}
