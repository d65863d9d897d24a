package io.parley.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.access.UserScope;
import io.parley.domain.account.User;
import io.parley.domain.document.ErasureId;
import io.parley.domain.erasure.ErasureReceipt;
import io.parley.domain.erasure.ErasureReceipt.Evidence;
import io.parley.domain.erasure.ErasureReceipt.Place;
import io.parley.domain.erasure.ErasureReceipt.Removal;
import io.parley.domain.erasure.ErasureReceipt.State;
import io.parley.domain.erasure.ErasureReceipt.Store;
import io.parley.domain.erasure.Retained;
import io.parley.domain.job.Job;
import io.parley.domain.job.JobId;
import io.parley.domain.job.JobKind;
import io.parley.domain.job.Lease;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.port.persistence.ReceiptRepository;
import io.parley.domain.port.persistence.ReceiptRepository.NewErasure;
import io.parley.domain.port.persistence.ReceiptRepository.Proof;
import io.parley.domain.retrieval.GenerationId;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ReceiptRepository} does. */
public abstract class ReceiptRepositoryContract {

  private static final Instant NOW = BotKnowledge.NOW;
  private static final String HASH = "0123456789abcdef".repeat(4);

  private BotKnowledge bot;
  private ErasureId id;

  /** The database under test. */
  protected abstract Persistence persistence();

  @BeforeEach
  void startOne() {
    bot = BotKnowledge.in(persistence());
    id = new ErasureId(UUID.randomUUID());
    receipts()
        .start(
            bot.owner(),
            new NewErasure(id, ErasureReceipt.Kind.BOT, bot.scope().bot(), null, null),
            NOW);
  }

  private ReceiptRepository receipts() {
    return persistence().receipts();
  }

  private ErasureReceipt receipt() {
    return receipts().find(bot.owner(), id).orElseThrow();
  }

  private Removal only() {
    assertThat(receipt().removals()).hasSize(1);
    return receipt().removals().getFirst();
  }

  @Test
  void startsPendingAndEmpty() {
    assertThat(receipt())
        .isEqualTo(
            new ErasureReceipt(
                id,
                ErasureReceipt.Kind.BOT,
                bot.scope().bot(),
                null,
                State.PENDING,
                NOW,
                null,
                null,
                null,
                null,
                List.of()));
  }

  @Test
  void letsTheFirstExpectedCountStand() {
    Place blobs = Place.of(Store.BLOBS);
    receipts().expect(bot.owner(), id, 1, blobs, 5);
    receipts().expect(bot.owner(), id, 1, blobs, 2);

    assertThat(only()).isEqualTo(new Removal(1, blobs, 5, Evidence.PENDING, null, null, Set.of()));
  }

  @Test
  void addsUpWhatTransactionsRemove() {
    receipts().add(bot.owner(), id, 1, Place.of(Store.ROWS), 5);
    receipts().add(bot.owner(), id, 1, Place.of(Store.ROWS), 2);

    assertThat(only().count()).isEqualTo(7);
  }

  @Test
  void keepsCountsWhenItLearnsTheEvidence() {
    Place vectors =
        new Place(Store.VECTORS, UUID.randomUUID(), new GenerationId(UUID.randomUUID()));
    Set<Retained> kept = Set.of(Retained.OWN_BACKUPS, Retained.FREE_SPACE);
    receipts().expect(bot.owner(), id, 1, vectors, 3);
    receipts().confirm(bot.owner(), id, 1, vectors, new Proof(Evidence.ACCEPTED, 7L, NOW, kept));
    receipts().confirm(bot.owner(), id, 1, vectors, new Proof(Evidence.READ_BACK, 9L, NOW, kept));

    assertThat(only()).isEqualTo(new Removal(1, vectors, 3, Evidence.READ_BACK, 9L, NOW, kept));
  }

  @Test
  void keepsVisitsStoresAndIndexesApart() {
    Place mine = new Place(Store.WORDS, new UUID(0, 1), null);
    Place theirs = new Place(Store.WORDS, new UUID(0, 2), null);
    Proof proof = new Proof(Evidence.READ_BACK, null, NOW, Set.of());
    for (Place place : List.of(Place.of(Store.BLOBS), mine, theirs)) {
      receipts().confirm(bot.owner(), id, 2, place, proof);
      receipts().confirm(bot.owner(), id, 1, place, proof);
    }

    assertThat(receipt().removals()).extracting(Removal::visit).containsExactly(1, 1, 1, 2, 2, 2);
    assertThat(receipt().removals().subList(0, 3))
        .extracting(Removal::place)
        .containsExactly(Place.of(Store.BLOBS), mine, theirs);
  }

  @Test
  void goesFromStateToStateAndNeverBack() {
    receipts().verified(bot.owner(), id, NOW);
    assertThat(receipt().state()).isEqualTo(State.PENDING);

    receipts().removed(bot.owner(), id, NOW, NOW.plusSeconds(9));
    receipts().removed(bot.owner(), id, NOW.plusSeconds(1), NOW.plusSeconds(99));
    assertThat(receipt().state()).isEqualTo(State.REMOVED);
    assertThat(receipt().removedAt()).isEqualTo(NOW);
    assertThat(receipt().revisitAt()).isEqualTo(NOW.plusSeconds(9));

    receipts().verified(bot.owner(), id, NOW.plusSeconds(10));
    receipts().removed(bot.owner(), id, NOW, NOW);
    assertThat(receipt().state()).isEqualTo(State.VERIFIED);
    assertThat(receipt().verifiedAt()).isEqualTo(NOW.plusSeconds(10));
  }

  @Test
  void saysWhatItsWorkWaitsFor() {
    persistence()
        .jobs()
        .add(
            new Job(
                new JobId(UUID.randomUUID()),
                JobKind.ERASE_ACCOUNT,
                bot.scope().tenant(),
                bot.scope().owner(),
                null,
                null,
                null,
                id),
            NOW);
    Lease lease = claim(NOW);
    assertThat(lease.job().bot()).isNull();
    persistence().jobs().retryLater(lease, NOW.plusSeconds(60), "The disk is away.");

    assertThat(receipt().waitingFor()).isEqualTo("The disk is away.");
    persistence().jobs().complete(claim(NOW.plusSeconds(60)), NOW);
    assertThat(receipt().waitingFor()).isNull();
  }

  private Lease claim(Instant now) {
    return persistence()
        .jobs()
        .claim("w", EnumSet.of(JobKind.ERASE_ACCOUNT), Duration.ofSeconds(9), now)
        .orElseThrow();
  }

  @Test
  void opensByAKeyOnlyWhatHasOne() {
    ErasureId keyed = new ErasureId(UUID.randomUUID());
    receipts()
        .start(
            bot.owner(), new NewErasure(keyed, ErasureReceipt.Kind.ACCOUNT, null, null, HASH), NOW);

    assertThat(receipts().findKeyed(id)).isEmpty();
    assertThat(receipts().findKeyed(new ErasureId(UUID.randomUUID()))).isEmpty();
    ReceiptRepository.Keyed found = receipts().findKeyed(keyed).orElseThrow();
    assertThat(found.keyHash()).isEqualTo(HASH);
    assertThat(found.receipt().kind()).isEqualTo(ErasureReceipt.Kind.ACCOUNT);
  }

  @Test
  void showsAndChangesNothingInAForeignScope() {
    User stranger = People.someone();
    for (UserScope foreign : List.of(People.scope(stranger), foreignTenant())) {
      receipts().expect(foreign, id, 1, Place.of(Store.BLOBS), 5);
      receipts().add(foreign, id, 1, Place.of(Store.BLOBS), 5);
      Proof proof = new Proof(Evidence.READ_BACK, null, NOW, Set.of());
      receipts().confirm(foreign, id, 1, Place.of(Store.BLOBS), proof);
      receipts().removed(foreign, id, NOW, NOW);
      receipts().verified(foreign, id, NOW);
      assertThat(receipts().find(foreign, id)).isEmpty();
    }
    assertThat(receipt().removals()).isEmpty();
    assertThat(receipt().state()).isEqualTo(State.PENDING);
  }

  private UserScope foreignTenant() {
    User owner = persistence().users().find(bot.owner()).orElseThrow();
    return People.inForeignTenant(owner);
  }
}
