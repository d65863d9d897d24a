package io.parley.domain.port.ai;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Answers from a prompt, piece by piece. Safe for use by many threads. */
public interface ChatModel extends AutoCloseable {

  /** The name by which a bot chooses it. */
  String name();

  /** Whether text is generated; false for a model that only picks sentences from the passages. */
  boolean generative();

  /** Whether it can be offered tools; false for a model that refuses requests with tools. */
  boolean takesTools();

  /**
   * Runs on the calling thread until the model has finished. Calls of tools come whole, at the end,
   * each for a tool that was offered and with a JSON object for its arguments; an answer that is
   * cut off by its length has none.
   *
   * @param onText given each piece of text as it comes, on the calling thread
   * @param cancelled asked between pieces; once true, the call to the model is ended and the
   *     completion says {@link ChatCompletion.Finish#CANCELLED}
   * @throws io.parley.domain.port.PortFailure also when the model stops in the middle; {@code
   *     CORRUPT_DATA} when it calls a tool that it was not offered, when arguments are no JSON
   *     object or too long, and when there are more than 64 calls; {@code INVALID_CONFIGURATION}
   *     when the request has tools and the model {@linkplain #takesTools() takes none}
   * @throws IllegalArgumentException when a tool's schema, or the arguments of a call in the
   *     prompt, are no JSON object; only of models that take tools
   */
  ChatCompletion complete(ChatRequest request, Consumer<String> onText, BooleanSupplier cancelled);

  @Override
  void close();
}
