package io.parley.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.application.document.ChunkingOptions;
import io.parley.domain.conversation.Citation;
import io.parley.domain.document.ContentType;
import io.parley.testkit.ai.HashingEmbedder;
import io.parley.testkit.ai.ScriptedChatModel;
import io.parley.testkit.memory.InMemoryPersistence;
import io.parley.testkit.storage.InMemoryBlobStore;
import io.parley.testkit.vectorstore.InMemoryKeywordIndex;
import io.parley.testkit.vectorstore.InMemoryVectorStore;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a test of an application takes one adapter out and puts another in. */
class SwapAdapterExampleTest {

  private static ParleyBuilder everythingInMemory() {
    return Parley.builder()
        .persistence(new InMemoryPersistence())
        .blobStore(new InMemoryBlobStore())
        .contentTypeDetector((head, name) -> Optional.of(ContentType.TEXT))
        .textExtractor(new PlainTextExtractor())
        .textSplitter(new LineSplitter())
        .chunking(ChunkingOptions.DEFAULT)
        .embedder(new HashingEmbedder(64))
        .vectorStore(new InMemoryVectorStore(64))
        .keywordIndex(new InMemoryKeywordIndex())
        .chatModel(SpeakingModel.quoting());
  }

  @Test
  void anotherModelIsOneLine() throws InterruptedException {
    ScriptedChatModel terse = new ScriptedChatModel("terse", "Ines Falk is her master [1].");

    try (Parley parley = everythingInMemory().chatModel(terse).build().start()) {
      LocalBot bot = parley.localBot("ferries");
      bot.await(bot.add("crew.txt", "The master of the Marigold is Ines Falk."));

      var answer = bot.ask("Who is the master?").answer();

      assertThat(answer.message().content()).isEqualTo("Ines Falk is her master [1].");
      assertThat(answer.citations())
          .extracting(Citation::quote)
          .containsExactly("The master of the Marigold is Ines Falk.");
    }
  }
}
