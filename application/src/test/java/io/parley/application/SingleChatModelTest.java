package io.parley.application;

import io.parley.domain.port.ai.ChatModels;
import io.parley.testkit.ai.ChatModelsContract;
import io.parley.testkit.ai.ScriptedChatModel;

class SingleChatModelTest extends ChatModelsContract {
  private final ChatModels models = new SingleChatModel(new ScriptedChatModel("one", "1"));

  @Override
  protected ChatModels models() {
    return models;
  }
}
