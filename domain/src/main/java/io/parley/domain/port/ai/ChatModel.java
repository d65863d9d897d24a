package io.parley.domain.port.ai;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Answers from a prompt, piece by piece. Safe for use by many threads. */
public interface ChatModel extends AutoCloseable {

  /** The name by which a bot chooses it. */
  String name();

  /** Whether text is generated; false for a model that only picks sentences from the passages. */
  boolean generative();

  /**
   * Runs on the calling thread until the model has finished.
   *
   * @param onText given each piece of text as it comes, on the calling thread
   * @param cancelled asked between pieces; once true, the call to the model is ended and the
   *     completion says {@link ChatCompletion.Finish#CANCELLED}
   * @throws io.parley.domain.port.PortFailure also when the model stops in the middle
   */
  ChatCompletion complete(ChatRequest request, Consumer<String> onText, BooleanSupplier cancelled);

  @Override
  void close();
}
