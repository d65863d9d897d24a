package io.parley.adapter.ai.remote;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.List;

/** How a vendor is asked for embeddings, and answers. */
public interface EmbeddingProtocol {

  /** Where passages, or a question, are sent. */
  String path(boolean question);

  /** Writes the request's body. */
  void write(JsonGenerator json, List<String> texts, boolean question) throws IOException;

  /**
   * Reads the answer's body.
   *
   * @param json stands at the object's begin
   */
  void read(JsonParser json, VectorSlots slots) throws IOException;
}
