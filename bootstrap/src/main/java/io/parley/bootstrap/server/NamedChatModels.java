package io.parley.bootstrap.server;

import io.parley.domain.port.ai.ChatModel;
import io.parley.domain.port.ai.ChatModels;
import java.util.List;
import java.util.Optional;

/**
 * The chat models that are configured.
 *
 * @param models the standard one first; at least one
 */
record NamedChatModels(List<ChatModel> models) implements ChatModels {
  NamedChatModels {
    models = List.copyOf(models);
    if (models.stream().map(ChatModel::name).distinct().count() != models.size()) {
      throw new IllegalArgumentException("Two chat models have the same name.");
    }
  }

  @Override
  public Optional<ChatModel> find(String name) {
    return models.stream().filter(m -> m.name().equals(name)).findFirst();
  }

  @Override
  public ChatModel standard() {
    return models.getFirst();
  }

  @Override
  public List<String> names() {
    return models.stream().map(ChatModel::name).toList();
  }
}
