package io.parley.application.bot;

import io.parley.domain.access.UserScope;
import io.parley.domain.bot.Bot;
import io.parley.domain.bot.BotId;
import io.parley.domain.bot.BotProfile;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.ai.ChatModels;
import io.parley.domain.port.persistence.BotRepository;
import java.time.InstantSource;

/** Makes bots; the clone that everyone has is made on first sight. */
public final class CreateBot {
  private static final BotProfile CLONE = BotProfile.named("My clone");

  private final BotRepository bots;
  private final BotRules rules;
  private final IdSource ids;
  private final InstantSource clock;

  public CreateBot(BotRepository bots, ChatModels models, IdSource ids, InstantSource clock) {
    this.bots = bots;
    this.rules = new BotRules(models);
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Makes a bot of the scope's user.
   *
   * @throws io.parley.application.validation.InvalidInput when the profile asks for what is not
   *     there
   */
  public Bot create(UserScope scope, BotProfile profile) {
    rules.check(profile);
    return bots.create(scope, new BotId(ids.next()), profile, clock.instant());
  }

  /** The user's one personal bot. */
  public Bot cloneOf(UserScope scope) {
    return bots.cloneOf(scope, new BotId(ids.next()), CLONE, clock.instant());
  }
}
