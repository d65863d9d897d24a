package io.parley.adapter.ai.gemini;

import io.parley.domain.port.Secret;
import io.parley.domain.port.ai.ChatModel;
import io.parley.testkit.ai.ChatModelContract;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The vendor itself, where there is a key. */
@EnabledIfEnvironmentVariable(named = "GOOGLE_API_KEY", matches = ".+")
class GeminiChatServiceTest extends ChatModelContract {

  @Override
  protected ChatModel open() {
    GeminiAccess access = GeminiAccess.of(new Secret(System.getenv("GOOGLE_API_KEY")));
    return GeminiChatModel.open(GeminiChatConfig.of(access, GeminiChatConfig.STANDARD_MODEL));
  }
}
