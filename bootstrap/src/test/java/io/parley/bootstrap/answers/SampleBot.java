package io.parley.bootstrap.answers;

import io.parley.adapter.ai.extraction.ExtractionConfig;
import io.parley.adapter.ai.extraction.MagicContentTypeDetector;
import io.parley.adapter.ai.extraction.ProcessTextExtractor;
import io.parley.adapter.ai.extractive.ExtractiveChatModel;
import io.parley.adapter.ai.local.OnnxEmbedder;
import io.parley.adapter.ai.local.OnnxEmbedderConfig;
import io.parley.adapter.ai.splitting.RecursiveTextSplitter;
import io.parley.adapter.vectorstore.lucene.LuceneKeywordIndex;
import io.parley.adapter.vectorstore.lucene.LuceneKeywordIndexConfig;
import io.parley.adapter.vectorstore.lucene.LuceneVectorStore;
import io.parley.adapter.vectorstore.lucene.LuceneVectorStoreConfig;
import io.parley.application.LocalBot;
import io.parley.application.Parley;
import io.parley.application.document.UploadResult;
import io.parley.application.retrieval.SearchQuery;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.port.ai.TextExtractor;
import io.parley.domain.port.vectorstore.KeywordIndex;
import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.SearchHit;
import io.parley.domain.retrieval.SearchMode;
import io.parley.testkit.memory.InMemoryPersistence;
import io.parley.testkit.storage.InMemoryBlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * A bot that knows the ten sample documents, made of the parts that run with nothing configured.
 */
final class SampleBot implements AutoCloseable {
  private static final int DIMENSION = 384;

  private final OnnxEmbedder embedder = OnnxEmbedder.open(OnnxEmbedderConfig.standard());
  private final VectorStore vectors;
  private final KeywordIndex words;
  private final TextExtractor extractor;
  private final Parley parley;
  private final LocalBot bot;

  private SampleBot(Path directory) {
    vectors =
        LuceneVectorStore.open(
            new LuceneVectorStoreConfig(directory.resolve("vectors"), DIMENSION));
    words = LuceneKeywordIndex.open(new LuceneKeywordIndexConfig(directory.resolve("words")));
    extractor = ProcessTextExtractor.open(ExtractionConfig.defaults(directory));
    parley =
        Parley.builder()
            .persistence(new InMemoryPersistence())
            .blobStore(new InMemoryBlobStore())
            .contentTypeDetector(new MagicContentTypeDetector())
            .textExtractor(extractor)
            .textSplitter(new RecursiveTextSplitter())
            .embedder(embedder)
            .vectorStore(vectors)
            .keywordIndex(words)
            .chatModel(ExtractiveChatModel.open(embedder, embedder.forAnswers()))
            .build()
            .start();
    bot = parley.localBot("samples");
  }

  /** Takes every sample document in, and waits until all can be asked about. */
  static SampleBot open(Path directory) throws IOException, InterruptedException {
    SampleBot sample = new SampleBot(directory);
    for (String name : SampleQuestions.documents()) {
      try (InputStream content = SampleQuestions.open(name)) {
        sample.take(name, content);
      }
    }
    return sample;
  }

  private void take(String name, InputStream content) throws InterruptedException {
    if (!(bot.add(name, content) instanceof UploadResult.Accepted accepted)) {
      throw new IllegalStateException(name + " was not accepted.");
    }
    Document taken = bot.await(accepted.document()).orElseThrow();
    if (taken.status() != DocumentStatus.COMPLETE) {
      throw new IllegalStateException(name + ": " + taken);
    }
  }

  LocalBot bot() {
    return bot;
  }

  List<SearchHit> found(String question, int limit, SearchMode mode) {
    return bot.search(new SearchQuery(question, limit, mode, Filter.NONE));
  }

  @Override
  public void close() {
    parley.close();
    extractor.close();
    words.close();
    vectors.close();
    embedder.close();
  }
}
