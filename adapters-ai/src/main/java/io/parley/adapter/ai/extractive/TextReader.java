package io.parley.adapter.ai.extractive;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.ai.Embedder;
import java.util.List;

/** Gives a vector of each text, and one of each of its words as it is meant there. */
@FunctionalInterface
public interface TextReader {

  /**
   * One reading a text, in their order.
   *
   * @param texts none blank
   * @throws PortFailure as {@link Embedder#embedPassages} does
   */
  List<ReadText> read(List<String> texts);
}
