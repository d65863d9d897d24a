package io.parley.adapter.ai.openai;

import io.parley.domain.port.Secret;
import io.parley.domain.port.ai.ChatModel;
import io.parley.testkit.ai.ChatModelContract;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The vendor itself, where there is a key. */
@EnabledIfEnvironmentVariable(named = "OPENAI_API_KEY", matches = ".+")
class OpenAiChatServiceTest extends ChatModelContract {

  @Override
  protected ChatModel open() {
    OpenAiAccess access = OpenAiAccess.of(new Secret(System.getenv("OPENAI_API_KEY")));
    return OpenAiChatModel.open(OpenAiChatConfig.of(access, OpenAiChatConfig.STANDARD_MODEL));
  }
}
