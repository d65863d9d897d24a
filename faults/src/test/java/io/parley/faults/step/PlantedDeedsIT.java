package io.parley.faults.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.SourceId;
import io.parley.domain.port.PortFailure;
import io.parley.domain.retrieval.SearchMode;
import io.parley.faults.check.PlantedDamage;
import io.parley.faults.ledger.Canary;
import io.parley.faults.ledger.Expectations;
import io.parley.faults.ledger.Ledger;
import io.parley.faults.ledger.SampleText;
import io.parley.testkit.fault.CallObserver;
import io.parley.testkit.fault.CountedCalls;
import io.parley.testkit.fault.FaultInjector;
import io.parley.testkit.fault.PortCall;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What clients look for themselves, in a Parley that is broken: nobody works in it, or its database
 * does not do what it is told.
 */
class PlantedDeedsIT extends PlantedDamage {
  private static final Duration SOON = Duration.ofMillis(300);

  private final Random random = new Random(4711);
  private String brokenCall = "";
  private final CountedCalls calls =
      new CountedCalls(
          new CallObserver() {
            @Override
            public void before(PortCall call) {
              if (call.method().equals(brokenCall)) {
                throw new PortFailure(PortFailure.Kind.UNAVAILABLE, "planted", "It is away.", null);
              }
            }

            @Override
            public void after(PortCall call) {}
          });
  private ChildSettings settings;
  private Connection database;
  private Ledger ledger;
  private ChildParley child;
  private Quiet quiet;
  private Client client;
  private Deeds deeds;

  @BeforeEach
  void open() throws Exception {
    settings = samples.copied(stores);
    database = stores.connect();
    ledger = Ledger.open(settings.ledger());
    child = ChildParley.open(settings, calls);
    quiet = new Quiet(database, child.clock(), child.parley(), SOON);
    client = new Client(child.parley(), ledger);
    deeds = new Deeds(client, ledger, calls, quiet, random);
  }

  @AfterEach
  void close() throws Exception {
    child.close();
    ledger.close();
    database.close();
  }

  private List<String> seen() {
    return Expectations.of(settings.ledger()).newViolations();
  }

  @Test
  void aGoodFileThatIsRefusedIsNoticed() {
    BotScope bot = deeds.newBot();
    SampleText notText = new SampleText("\0\1\2", Canary.next(random), 1);

    assertThatThrownBy(() -> client.upload(bot, notText)).isInstanceOf(IllegalStateException.class);
    assertThat(seen()).singleElement().asString().startsWith("A good file was refused: ");
  }

  @Test
  void aDocumentThatDoesNotEndIsNoticed() throws Exception {
    BotScope bot = deeds.newBot();
    SourceId id = deeds.upload(bot, deeds.text());

    deeds.awaitEnd(bot, id);

    assertThat(seen()).containsExactly("A document did not end: " + id);
  }

  @Test
  void documentsThatDoNotBecomeCompleteAreNoticed() throws Exception {
    new ManyErasures(client, ledger, calls, new FaultInjector(), quiet)
        .run(2, 4711, new Expectations());

    assertThat(seen()).containsExactly("Documents did not become complete.");
  }

  @Test
  void theSameBytesThatBecomeAnotherDocumentAreNoticed() throws Exception {
    BotScope bot = deeds.newBot();
    SampleText text = deeds.text();
    SourceId id = deeds.upload(bot, text);
    deeds.sameAgain(bot, id, text);
    assertThat(seen()).isEmpty();

    sql("update source_versions set sha256 = md5('a') || md5('b') where source_id = '" + id + "'");
    deeds.sameAgain(bot, id, text);

    assertThat(seen())
        .singleElement()
        .asString()
        .startsWith("The same bytes became another document: ");
  }

  private boolean isAnswering(BotScope bot) {
    try {
      var _ = client.search(bot, "lantern", SearchMode.HYBRID);
      return true;
    } catch (PortFailure e) {
      return false;
    }
  }

  /** A database that keeps what is erased in sight. */
  @Test
  void whatIsThereStillRightAfterItWasErasedIsNoticed() throws Exception {
    Leftovers.Held held =
        new Leftovers(client, Expectations.of(settings.ledger())).document().orElseThrow();
    schema(
        "create function keep() returns trigger language plpgsql as"
            + " 'begin new.tombstoned_at := null; return new; end'");
    schema("create trigger keep before update on sources for each row execute function keep()");

    child.parley().start();
    Quiet patient = new Quiet(database, child.clock(), child.parley(), Duration.ofMinutes(2));
    assertThat(patient.await(() -> isAnswering(held.scope()))).isTrue();

    deeds.erase(held.scope(), deeds.talk(held.scope()), held.id(), held.text());

    assertThat(seen())
        .contains("An erased document is still shown: " + held.id())
        .contains(
            "What was erased came back at once from an answer: " + held.text().canary(),
            "What was erased came back at once from KEYWORD: " + held.text().canary());
  }

  @Test
  void storesThatCannotBeReconciledAreNoticed() {
    Reconciler reconciler =
        new Reconciler(child.parley().reconcileStores(), child.clock(), stores.blobs(), ledger);
    reconciler.examine();
    assertThat(seen()).isEmpty();

    brokenCall = "KeywordIndex.chunks";
    reconciler.examine();

    assertThat(seen())
        .singleElement()
        .asString()
        .startsWith("The stores could not be reconciled: ");
  }
}
