package io.parley.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.access.Actor;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.account.User;
import io.parley.domain.bot.Bot;
import io.parley.domain.bot.BotConfiguration;
import io.parley.domain.bot.BotId;
import io.parley.domain.bot.BotProfile;
import io.parley.domain.bot.BotStatus;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.persistence.BotRepository;
import io.parley.testkit.Scopes;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link BotRepository} does. */
public abstract class BotRepositoryContract {

  private static final Instant NOW = People.JOINED;
  private static final ListRequest ALL = new ListRequest(0, 100);
  private static final BotProfile FULL =
      new BotProfile(
          "Librarian",
          "Knows books",
          "Hello",
          "some-model",
          "Be kind.",
          0.25,
          false,
          new BotConfiguration(BotConfiguration.Agent.REACT, List.of("search", "open"), 7));

  /** The ports under test. */
  protected abstract CorePorts ports();

  private BotRepository bots() {
    return ports().bots();
  }

  private User someone() {
    User user = People.someone();
    ports().users().register(user);
    return user;
  }

  private Bot create(User owner, BotProfile profile, Instant at) {
    return bots().create(People.scope(owner), new BotId(UUID.randomUUID()), profile, at);
  }

  private static BotScope scope(Bot bot) {
    return Scopes.owned(bot.tenant(), bot.owner(), bot.id());
  }

  private static BotScope foreign(Bot bot) {
    BotScope other = Scopes.fresh();
    return Scopes.owned(other.tenant(), other.owner(), bot.id());
  }

  @Test
  void keepsAllThatWasSaid() {
    User owner = someone();
    Bot bot = create(owner, FULL, NOW);
    assertThat(bot.profile()).isEqualTo(FULL);
    assertThat(bot.owner()).isEqualTo(owner.id());
    assertThat(bot.status()).isEqualTo(BotStatus.ACTIVE);
    assertThat(bots().find(scope(bot))).contains(bot);
  }

  @Test
  void listsTheOwnersBotsNewestFirstWithTheIdAsTieBreak() {
    User owner = someone();
    Bot old = create(owner, FULL, NOW);
    Bot one = create(owner, FULL, NOW.plusSeconds(1));
    Bot two = create(owner, FULL, NOW.plusSeconds(1));
    create(someone(), FULL, NOW);
    List<Bot> tied =
        one.id().toString().compareTo(two.id().toString()) < 0
            ? List.of(one, two)
            : List.of(two, one);
    assertThat(bots().list(People.scope(owner), ALL).items())
        .containsExactly(tied.get(0), tied.get(1), old);
    var page = bots().list(People.scope(owner), new ListRequest(1, 1));
    assertThat(page.items()).containsExactly(tied.get(1));
    assertThat(page.total()).isEqualTo(3);
    assertThat(bots().list(People.scope(owner), new ListRequest(5, 1)).total()).isEqualTo(3);
    assertThat(bots().list(People.inForeignTenant(owner), ALL).items()).isEmpty();
  }

  @Test
  void makesOneCloneHoweverManyAsk() {
    User owner = someone();
    List<Bot> clones =
        Together.run(
            8, () -> bots().cloneOf(People.scope(owner), new BotId(UUID.randomUUID()), FULL, NOW));
    assertThat(clones).containsOnly(clones.getFirst());
    assertThat(clones.getFirst().isClone()).isTrue();
    assertThat(bots().list(People.scope(owner), ALL).total()).isEqualTo(1);
  }

  @Test
  void replacesProfileAndStatus() {
    Bot bot = create(someone(), BotProfile.named("Before"), NOW);
    Bot changed =
        bots().update(scope(bot), FULL, BotStatus.INACTIVE, NOW.plusSeconds(5)).orElseThrow();
    assertThat(changed.profile()).isEqualTo(FULL);
    assertThat(changed.status()).isEqualTo(BotStatus.INACTIVE);
    assertThat(changed.updatedAt()).isEqualTo(NOW.plusSeconds(5));
    assertThat(changed.createdAt()).isEqualTo(bot.createdAt());
    assertThat(bots().find(scope(bot))).contains(changed);
  }

  @Test
  void grantsWhatAnActorMayKnowOf() {
    User owner = someone();
    User stranger = someone();
    Bot own = create(owner, FULL, NOW);
    BotProfile named = BotProfile.named("Open");
    Bot open =
        create(
            owner,
            new BotProfile(
                "Open", null, named.welcomeMessage(), null, null, 1, true, named.configuration()),
            NOW);
    assertThat(bots().findGrant(People.actor(owner), own.id()))
        .hasValueSatisfying(grant -> assertThat(grant.owner()).isEqualTo(owner.id()));
    assertThat(bots().findGrant(People.actor(stranger), own.id())).isEmpty();
    assertThat(bots().findGrant(People.actor(stranger), open.id()))
        .hasValueSatisfying(grant -> assertThat(grant.isPublic()).isTrue());
  }

  @Test
  void hidesATombstonedBotEverywhere() {
    User owner = someone();
    Bot bot = create(owner, FULL, NOW);
    assertThat(bots().tombstone(scope(bot), NOW)).isTrue();
    assertThat(bots().tombstone(scope(bot), NOW)).isFalse();
    assertThat(bots().find(scope(bot))).isEmpty();
    assertThat(bots().update(scope(bot), FULL, BotStatus.ACTIVE, NOW)).isEmpty();
    assertThat(bots().list(People.scope(owner), ALL).items()).isEmpty();
    assertThat(bots().findGrant(People.actor(owner), bot.id())).isEmpty();
  }

  @Test
  void letsAWorkerFindATombstonedBotToEraseIt() {
    User owner = someone();
    Bot bot = create(owner, FULL, NOW);
    bots().tombstone(scope(bot), NOW);
    assertThat(bots().findGrant(new Actor.Worker(owner.tenant(), bot.id()), bot.id())).isPresent();
    assertThat(bots().findGrant(new Actor.Worker(someone().tenant(), bot.id()), bot.id()))
        .isEmpty();
  }

  @Test
  void makesANewCloneAfterTheOldOneIsTombstoned() {
    User owner = someone();
    Bot first = bots().cloneOf(People.scope(owner), new BotId(UUID.randomUUID()), FULL, NOW);
    bots().tombstone(scope(first), NOW);
    Bot second = bots().cloneOf(People.scope(owner), new BotId(UUID.randomUUID()), FULL, NOW);
    assertThat(second.id()).isNotEqualTo(first.id());
  }

  @Test
  void doesNothingInAForeignScope() {
    Bot bot = create(someone(), FULL, NOW);
    assertThat(bots().find(foreign(bot))).isEmpty();
    assertThat(bots().update(foreign(bot), FULL, BotStatus.ERROR, NOW)).isEmpty();
    assertThat(bots().tombstone(foreign(bot), NOW)).isFalse();
    assertThat(bots().find(scope(bot))).contains(bot);
  }

  @Test
  void refusesAScopeWithoutThePermission() {
    Bot bot = create(someone(), FULL, NOW);
    BotScope asking = Scopes.withOnly(scope(bot), Permission.ASK);
    BotScope reading = Scopes.withOnly(scope(bot), Permission.READ);
    assertThat(bots().find(asking)).contains(bot);
    assertThatThrownBy(() -> bots().find(reading)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> bots().update(asking, FULL, BotStatus.ACTIVE, NOW))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> bots().tombstone(asking, NOW))
        .isInstanceOf(IllegalStateException.class);
  }
}
