package io.parley.adapter.ai.local;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.parley.adapter.ai.extractive.ReadText;
import io.parley.domain.port.PortFailure;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One session of the model, opened when it is first asked. Runs one text at a time, because a
 * dynamically quantised model gives other vectors when texts are padded into one batch; any number
 * of threads may run it side by side.
 */
final class MiniLmSession {
  static final int DIMENSION = 384;

  private final int threadsPerText;
  private final List<Path> nativeCode;
  private final ReadWriteLock life = new ReentrantReadWriteLock();
  private @Nullable OrtSession session;
  private boolean closed;

  /**
   * @param threadsPerText how many threads the runtime itself uses for one text
   * @param nativeCode where the runtime's libraries may lie; into the last they are unpacked
   */
  MiniLmSession(int threadsPerText, List<Path> nativeCode) {
    this.threadsPerText = threadsPerText;
    this.nativeCode = nativeCode;
  }

  /**
   * The vector of length 1 for the ids of one text.
   *
   * @throws PortFailure {@code UNAVAILABLE} once it is closed
   */
  float[] embed(long[] ids) {
    return run(ids, states -> pooled(states, 0, ids.length));
  }

  /** The same with the vectors of the words, from the same run. */
  ReadText read(WordPieces text) {
    return run(text.ids(), text::meant);
  }

  private <T> T run(long[] ids, Function<FloatBuffer, T> result) {
    Lock alive = life.readLock();
    alive.lock();
    try {
      return result.apply(states(ids));
    } finally {
      alive.unlock();
    }
  }

  /** The model's last layer: {@link #DIMENSION} numbers an id. */
  private FloatBuffer states(long[] ids) {
    NativeCode.useFrom(nativeCode);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] shape = {1, ids.length};
    long[] ones = new long[ids.length];
    Arrays.fill(ones, 1);
    try (OnnxTensor words = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
        OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
        OnnxTensor types =
            OnnxTensor.createTensor(environment, LongBuffer.allocate(ids.length), shape);
        OrtSession.Result result =
            opened(environment)
                .run(Map.of("input_ids", words, "attention_mask", mask, "token_type_ids", types))) {
      return ((OnnxTensor) result.get(0)).getFloatBuffer();
    } catch (OrtException e) {
      throw OnnxEmbedder.failure("The embedding model could not read a text.", e);
    }
  }

  /**
   * The mean of the vectors of the ids from the one place to before the other, brought to length 1
   * (Reimers and Gurevych 2019).
   */
  static float[] pooled(FloatBuffer states, int from, int to) {
    float[] sum = new float[DIMENSION];
    float[] token = new float[DIMENSION];
    for (int t = from; t < to; t++) {
      states.get(t * DIMENSION, token);
      for (int d = 0; d < DIMENSION; d++) {
        sum[d] += token[d];
      }
    }
    double square = 0;
    for (float value : sum) {
      square += (double) value * value;
    }
    float scale = (float) (1 / Math.sqrt(square));
    for (int d = 0; d < DIMENSION; d++) {
      sum[d] *= scale;
    }
    return sum;
  }

  private synchronized OrtSession opened(OrtEnvironment environment) throws OrtException {
    if (closed) {
      throw OnnxEmbedder.failure("The embedding model is closed.", null);
    }
    if (session == null) {
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        options.setIntraOpNumThreads(threadsPerText);
        options.setInterOpNumThreads(1);
        // An arena keeps the memory of its busiest moment for ever, and idle threads that spin burn
        // a core.
        options.setCPUArenaAllocator(false);
        options.setMemoryPatternOptimization(false);
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        session = environment.createSession(ModelFiles.model(), options);
      }
    }
    return session;
  }

  /** Whether the model is in memory. */
  synchronized boolean isOpen() {
    return session != null;
  }

  /** Waits for the texts that are being read, then gives the memory back. May be called again. */
  void close() {
    Lock alone = life.writeLock();
    alone.lock();
    try {
      release();
    } catch (OrtException e) {
      throw OnnxEmbedder.failure("The embedding model could not be closed.", e);
    } finally {
      alone.unlock();
    }
  }

  private synchronized void release() throws OrtException {
    closed = true;
    OrtSession open = session;
    session = null;
    if (open != null) {
      open.close();
    }
  }
}
