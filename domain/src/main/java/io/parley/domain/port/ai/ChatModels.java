package io.parley.domain.port.ai;

import java.util.List;
import java.util.Optional;

/** The chat models that are configured. */
public interface ChatModels {

  /** The model of that name; empty when none is configured under it. */
  Optional<ChatModel> find(String name);

  /** The one that a bot uses when it names none. */
  ChatModel standard();

  /** All names, the standard one first. */
  List<String> names();
}
