package io.parley.adapter.ai.local;

import io.parley.domain.port.ai.Embedder;
import io.parley.testkit.ai.EmbedderContract;

class AnswerEmbedderTest extends EmbedderContract {

  @Override
  protected Embedder open() {
    return OnnxEmbedder.open(new OnnxEmbedderConfig(2, 256)).forAnswers();
  }
}
