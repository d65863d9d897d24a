package io.parley.domain.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.access.Access.Decision;
import io.parley.domain.account.TenantId;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.BotId;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccessTest {
  private static final TenantId TENANT = new TenantId(new UUID(1, 1));
  private static final UserId OWNER = new UserId(new UUID(2, 1));
  private static final BotId BOT = new BotId(new UUID(3, 1));
  private static final BotGrant PRIVATE = new BotGrant(BOT, TENANT, OWNER, false);
  private static final BotGrant PUBLIC = new BotGrant(BOT, TENANT, OWNER, true);
  private static final Actor STRANGER =
      Actor.Person.of(new TenantId(new UUID(1, 2)), new UserId(new UUID(2, 2)), false);

  @ParameterizedTest
  @EnumSource(Permission.class)
  void anOwnerMayDoEverything(Permission wanted) {
    assertThat(granted(Access.check(owner(Permission.values()), PRIVATE, wanted)))
        .containsExactlyInAnyOrder(Permission.values());
  }

  @ParameterizedTest
  @EnumSource(Permission.class)
  void aPrivateBotIsHiddenFromEverybodyElse(Permission wanted) {
    assertThat(Access.check(STRANGER, PRIVATE, wanted)).isEqualTo(new Decision.Hidden());
    assertThat(Access.check(colleague(), PRIVATE, wanted)).isEqualTo(new Decision.Hidden());
  }

  @Test
  void aPublicBotCanBeAskedByAStrangerAndNothingElse() {
    assertThat(granted(Access.check(STRANGER, PUBLIC, Permission.ASK)))
        .containsExactly(Permission.ASK);
    assertThat(Access.check(STRANGER, PUBLIC, Permission.READ)).isEqualTo(new Decision.Forbidden());
    assertThat(Access.check(STRANGER, PUBLIC, Permission.WRITE))
        .isEqualTo(new Decision.Forbidden());
  }

  @Test
  void aGrantedScopeNamesTheBotsTenantAndOwnerNotTheCallers() {
    BotScope scope = ((Decision.Granted) Access.check(STRANGER, PUBLIC, Permission.ASK)).scope();
    assertThat(scope.tenant()).isEqualTo(TENANT);
    assertThat(scope.owner()).isEqualTo(OWNER);
    assertThat(scope.bot()).isEqualTo(BOT);
  }

  @Test
  void theSameUserIdInAnotherTenantIsAStranger() {
    Actor twin = Actor.Person.of(new TenantId(new UUID(1, 2)), OWNER, false);
    assertThat(Access.check(twin, PRIVATE, Permission.ASK)).isEqualTo(new Decision.Hidden());
    assertThat(Access.check(twin, PUBLIC, Permission.WRITE)).isEqualTo(new Decision.Forbidden());
  }

  @Test
  void staffIsNoOwner() {
    Actor staff = Actor.Person.of(TENANT, new UserId(new UUID(2, 9)), true);
    assertThat(Access.check(staff, PRIVATE, Permission.READ)).isEqualTo(new Decision.Hidden());
  }

  @Test
  void aCredentialLimitsItsOwner() {
    Actor key = owner(Permission.ASK, Permission.READ);
    assertThat(granted(Access.check(key, PRIVATE, Permission.READ)))
        .containsExactlyInAnyOrder(Permission.ASK, Permission.READ);
    assertThat(Access.check(key, PRIVATE, Permission.WRITE)).isEqualTo(new Decision.Forbidden());
  }

  @Test
  void aCredentialWithoutPermissionsSeesNothing() {
    assertThat(Access.check(owner(), PUBLIC, Permission.ASK)).isEqualTo(new Decision.Hidden());
  }

  @Test
  void aCredentialThatMayOnlyWriteCannotAskAStrangersBot() {
    Actor key =
        new Actor.Person(new TenantId(new UUID(1, 2)), OWNER, false, Set.of(Permission.WRITE));
    assertThat(Access.check(key, PUBLIC, Permission.WRITE)).isEqualTo(new Decision.Hidden());
  }

  @Test
  void aWorkerActsForItsBotOnly() {
    assertThat(granted(Access.check(new Actor.Worker(TENANT, BOT), PRIVATE, Permission.WRITE)))
        .containsExactlyInAnyOrder(Permission.values());
    Actor other = new Actor.Worker(TENANT, new BotId(new UUID(3, 2)));
    Actor foreign = new Actor.Worker(new TenantId(new UUID(1, 2)), BOT);
    assertThat(Access.check(other, PUBLIC, Permission.ASK)).isEqualTo(new Decision.Hidden());
    assertThat(Access.check(foreign, PUBLIC, Permission.ASK)).isEqualTo(new Decision.Hidden());
  }

  @Test
  void whatACredentialGrantsCannotBeChangedAfterwards() {
    Set<Permission> given = new HashSet<>(Set.of(Permission.ASK));
    Actor.Person person = new Actor.Person(TENANT, OWNER, false, given);
    given.add(Permission.WRITE);
    assertThat(person.granted()).containsExactly(Permission.ASK);
  }

  @Test
  void aScopeRefusesWhatItDoesNotAllow() {
    BotScope scope = ((Decision.Granted) Access.check(STRANGER, PUBLIC, Permission.ASK)).scope();
    scope.require(Permission.ASK);
    assertThatThrownBy(() -> scope.require(Permission.READ))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatIsOnesOwnIsInTheCallersTenant() {
    UserScope own = Access.own(Actor.Person.of(TENANT, OWNER, false));
    assertThat(own.tenant()).isEqualTo(TENANT);
    assertThat(own.user()).isEqualTo(OWNER);
  }

  private static Actor owner(Permission... granted) {
    return new Actor.Person(TENANT, OWNER, false, Set.of(granted));
  }

  private static Actor colleague() {
    return Actor.Person.of(TENANT, new UserId(new UUID(2, 3)), false);
  }

  private static Set<Permission> granted(Decision decision) {
    BotScope scope = ((Decision.Granted) decision).scope();
    Set<Permission> held = new HashSet<>(Set.of(Permission.values()));
    held.removeIf(p -> !scope.allows(p));
    return held;
  }
}
