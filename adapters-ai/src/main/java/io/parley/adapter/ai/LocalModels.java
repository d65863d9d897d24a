package io.parley.adapter.ai;

import io.parley.adapter.ai.extraction.ExtractionConfig;
import io.parley.adapter.ai.extraction.MagicContentTypeDetector;
import io.parley.adapter.ai.extraction.ProcessTextExtractor;
import io.parley.adapter.ai.extractive.ExtractiveChatModel;
import io.parley.adapter.ai.local.OnnxEmbedder;
import io.parley.adapter.ai.local.OnnxEmbedderConfig;
import io.parley.adapter.ai.splitting.RecursiveTextSplitter;
import io.parley.application.Adapters;
import io.parley.application.ParleyBuilder;
import java.nio.file.Path;

/** Everything that needs no key and no network, with its defaults, for programs that embed it. */
public final class LocalModels implements AutoCloseable {
  private final ProcessTextExtractor extractor;
  private final OnnxEmbedder embedder;

  private LocalModels(ProcessTextExtractor extractor, OnnxEmbedder embedder) {
    this.extractor = extractor;
    this.embedder = embedder;
  }

  /**
   * Gives the builder its readers of files, its splitter, its embedder, and the extractive chat
   * model.
   *
   * @param temporaryDirectory where files lie while they are read, of this process alone
   */
  public static Adapters in(Path temporaryDirectory) {
    return builder -> open(temporaryDirectory, builder);
  }

  private static LocalModels open(Path temporaryDirectory, ParleyBuilder builder) {
    ProcessTextExtractor extractor =
        ProcessTextExtractor.open(ExtractionConfig.defaults(temporaryDirectory));
    try {
      OnnxEmbedder embedder = OnnxEmbedder.open(OnnxEmbedderConfig.standard());
      builder
          .contentTypeDetector(new MagicContentTypeDetector())
          .textExtractor(extractor)
          .textSplitter(new RecursiveTextSplitter())
          .embedder(embedder)
          .chatModel(ExtractiveChatModel.open(embedder, embedder.forAnswers()));
      return new LocalModels(extractor, embedder);
    } catch (RuntimeException e) {
      extractor.close();
      throw e;
    }
  }

  @Override
  public void close() {
    try (extractor) {
      embedder.close();
    }
  }
}
