package io.parley.bootstrap.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.parley.domain.port.ai.ChatModels;
import io.parley.testkit.ai.ChatModelsContract;
import io.parley.testkit.ai.ScriptedChatModel;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NamedChatModelsTest extends ChatModelsContract {
  private final ScriptedChatModel one = new ScriptedChatModel("one", "1");
  private final ScriptedChatModel two = new ScriptedChatModel("two", "2");
  private final ChatModels models = new NamedChatModels(List.of(one, two));

  @Override
  protected ChatModels models() {
    return models;
  }

  @Test
  void namesThemInTheirOrder() {
    assertThat(models.names()).containsExactly("one", "two");
    assertThat(models.find("two")).containsSame(two);
  }

  @Test
  void refusesTwoOfOneName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NamedChatModels(List.of(one, new ScriptedChatModel("one", "3"))));
  }
}
