package io.parley.application;

import io.parley.domain.port.ai.ChatModel;
import io.parley.domain.port.ai.ChatModels;
import java.util.List;
import java.util.Optional;

/** A catalogue of one. */
record SingleChatModel(ChatModel standard) implements ChatModels {
  @Override
  public Optional<ChatModel> find(String name) {
    return name.equals(standard.name()) ? Optional.of(standard) : Optional.empty();
  }

  @Override
  public List<String> names() {
    return List.of(standard.name());
  }
}
