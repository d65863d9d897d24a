package io.parley.application.bot;

import io.parley.application.validation.InvalidInput;
import io.parley.domain.access.BotScope;
import io.parley.domain.bot.Bot;
import io.parley.domain.bot.BotProfile;
import io.parley.domain.bot.BotStatus;
import io.parley.domain.port.ai.ChatModels;
import io.parley.domain.port.persistence.BotRepository;
import io.parley.domain.port.persistence.Transactions;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Changes what an owner says about a bot. */
public final class ChangeBot {
  private final BotRepository bots;
  private final Transactions transactions;
  private final BotRules rules;
  private final InstantSource clock;

  public ChangeBot(
      BotRepository bots, ChatModels models, Transactions transactions, InstantSource clock) {
    this.bots = bots;
    this.transactions = transactions;
    this.rules = new BotRules(models);
    this.clock = clock;
  }

  /**
   * Applies a change to the profile as it is now. Empty when the bot is gone.
   *
   * @param status {@code ACTIVE} or {@code INACTIVE}; absent for no change
   * @throws InvalidInput when the profile asks for what is not there
   */
  public Optional<Bot> change(
      BotScope scope, UnaryOperator<BotProfile> change, @Nullable BotStatus status) {
    if (status == BotStatus.TRAINING || status == BotStatus.ERROR) {
      throw new InvalidInput("status", "A bot can be set to \"active\" or \"inactive\".");
    }
    return transactions.inTransaction(
        () -> bots.find(scope).flatMap(bot -> save(scope, bot, change, status)));
  }

  private Optional<Bot> save(
      BotScope scope, Bot bot, UnaryOperator<BotProfile> change, @Nullable BotStatus status) {
    BotProfile profile = change.apply(bot.profile());
    rules.check(profile);
    return bots.update(scope, profile, status == null ? bot.status() : status, clock.instant());
  }
}
