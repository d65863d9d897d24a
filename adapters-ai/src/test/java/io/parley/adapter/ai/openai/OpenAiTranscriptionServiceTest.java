package io.parley.adapter.ai.openai;

import io.parley.domain.port.Secret;
import io.parley.domain.port.ai.Transcriber;
import io.parley.testkit.ai.TranscriberContract;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The vendor itself, where there is a key. */
@EnabledIfEnvironmentVariable(named = "OPENAI_API_KEY", matches = ".+")
class OpenAiTranscriptionServiceTest extends TranscriberContract {

  @Override
  protected Transcriber open() {
    OpenAiAccess access = OpenAiAccess.of(new Secret(System.getenv("OPENAI_API_KEY")));
    return OpenAiTranscriber.open(
        OpenAiTranscriberConfig.of(access, OpenAiTranscriberConfig.STANDARD_MODEL));
  }
}
