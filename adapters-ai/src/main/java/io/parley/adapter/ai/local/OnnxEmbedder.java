package io.parley.adapter.ai.local;

import io.parley.adapter.ai.extractive.ReadText;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.retrieval.EmbeddingModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The quantised MiniLM-L6-v2 in this process: 384 dimensions, English first, no network and no key.
 *
 * <p>Passages share one session and a few threads; questions have a session of their own, so that
 * they never wait for passages. Each is loaded when it is first used (about a quarter of a second).
 * Closing ends calls that run with {@link PortFailure.Kind#UNAVAILABLE} after the text they are at.
 */
public final class OnnxEmbedder implements Embedder {

  /** What this embedder makes vectors with. */
  public static final EmbeddingModel MODEL =
      new EmbeddingModel("local", "all-minilm-l6-v2-q", MiniLmSession.DIMENSION);

  static final String BACKEND = "the local embedding model";
  private static final int THREADS_PER_QUERY = 2;

  private final OnnxEmbedderConfig config;
  private final MiniLmSession passages;
  private final MiniLmSession queries;
  private final Semaphore querySlots;
  private final ExecutorService workers;
  private volatile boolean closed;
  private @Nullable WordPieceTokenizer tokenizer;

  private OnnxEmbedder(OnnxEmbedderConfig config) {
    this.config = config;
    this.passages = new MiniLmSession(1, config.nativeCode());
    this.queries = new MiniLmSession(THREADS_PER_QUERY, config.nativeCode());
    this.querySlots = new Semaphore(config.threads(), true);
    this.workers =
        Executors.newFixedThreadPool(
            config.threads(), Thread.ofPlatform().daemon().name("embed-", 0).factory());
  }

  /** An embedder that loads its model when it is first used; this reads nothing. */
  public static OnnxEmbedder open(OnnxEmbedderConfig config) {
    return new OnnxEmbedder(config);
  }

  /** Unpacks the runtime's libraries below a directory, if it brings any for this platform. */
  public static void unpackNativeCode(Path directory) throws IOException {
    NativeCode.unpack(directory);
  }

  @Override
  public EmbeddingModel model() {
    return MODEL;
  }

  /** Like {@link Embedder#embedPassages}; waits for its turn while other batches are embedded. */
  @Override
  public List<float[]> embedPassages(List<String> texts) {
    texts.forEach(OnnxEmbedder::requireWords);
    requireOpen();
    return embedAll(List.copyOf(texts));
  }

  @Override
  public float[] embedQuery(String query) {
    requireWords(query);
    return inQuerySlot(() -> queries.embed(tokenizer().encode(query)));
  }

  /**
   * The same vectors for somebody who waits for an answer: a few short passages take their turn
   * among the questions, one text at a time, and wait for no document that is taken in. Closing it
   * leaves this embedder open; it ends with this embedder at the latest.
   */
  public AnswerEmbedder forAnswers() {
    return new AnswerEmbedder(this);
  }

  ReadText readQuery(String text) {
    requireWords(text);
    return inQuerySlot(() -> queries.read(tokenizer().read(text)));
  }

  private List<float[]> embedAll(List<String> texts) {
    float[][] vectors = new float[texts.size()][];
    AtomicInteger next = new AtomicInteger();
    Callable<Boolean> worker =
        () -> {
          for (int i; (i = next.getAndIncrement()) < vectors.length && !closed; ) {
            vectors[i] = passages.embed(tokenizer().encode(texts.get(i)));
          }
          return true;
        };
    List<Callable<Boolean>> share = new ArrayList<>();
    for (int i = 0; i < Math.min(config.threads(), vectors.length); i++) {
      share.add(worker);
    }
    runAll(share, next, vectors.length);
    requireOpen();
    return List.of(vectors);
  }

  private void runAll(List<Callable<Boolean>> share, AtomicInteger next, int end) {
    try {
      for (Future<Boolean> done : workers.invokeAll(share)) {
        done.get();
      }
    } catch (InterruptedException e) {
      next.set(end);
      Thread.currentThread().interrupt();
      throw failure("Embedding was interrupted.", e);
    } catch (RejectedExecutionException e) {
      throw failure("The embedding model is closed.", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof PortFailure failure
          ? failure
          : failure("The embedding model failed.", e.getCause());
    }
  }

  private <T> T inQuerySlot(Supplier<T> query) {
    querySlots.acquireUninterruptibly();
    try {
      requireOpen();
      return query.get();
    } finally {
      querySlots.release();
    }
  }

  private synchronized WordPieceTokenizer tokenizer() {
    if (tokenizer == null) {
      tokenizer = new WordPieceTokenizer(ModelFiles.vocabulary(), config.maxTokens());
    }
    return tokenizer;
  }

  private void requireOpen() {
    if (closed) {
      throw failure("The embedding model is closed.", null);
    }
  }

  private static void requireWords(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("A blank text has no vector.");
    }
  }

  static PortFailure failure(String sentence, @Nullable Throwable cause) {
    return new PortFailure(PortFailure.Kind.UNAVAILABLE, BACKEND, sentence, cause);
  }

  /** Waits for the texts that are being read, then gives the memory back. May be called again. */
  @Override
  public void close() {
    closed = true;
    workers.shutdown();
    passages.close();
    queries.close();
  }
}
