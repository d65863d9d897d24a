package io.parley.application.bot;

import io.parley.application.validation.InvalidInput;
import io.parley.domain.bot.BotConfiguration.Agent;
import io.parley.domain.bot.BotProfile;
import io.parley.domain.port.ai.ChatModels;

/** What a bot may be set to on this installation. */
final class BotRules {
  private final ChatModels models;

  BotRules(ChatModels models) {
    this.models = models;
  }

  void check(BotProfile profile) {
    String model = profile.modelType();
    if (model != null && models.find(model).isEmpty()) {
      throw new InvalidInput(
          "model_type",
          "No such model is configured. Choose one of: " + String.join(", ", models.names()) + ".");
    }
    if (profile.configuration().agent() == Agent.REACT) {
      throw new InvalidInput("configuration.agent", "Only the agent \"rag\" is available.");
    }
    if (!profile.configuration().tools().isEmpty()) {
      throw new InvalidInput(
          "configuration.tools", "The agent \"rag\" uses no tools; leave the list empty.");
    }
  }
}
